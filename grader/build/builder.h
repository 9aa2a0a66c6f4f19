// Compiles a submission, in a sandbox of its own.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "grader/sandbox/limits.h"
#include "grader/sandbox/spawner.h"

namespace grader::build {

// One program of a submission: what to build, and from what.
struct Target {
  std::string name;                                  // "reap": the program's name, and that of its Python form, reap.py
  std::vector<std::string> sources;                  // relative to the submission: "reap.cpp"
  std::vector<std::filesystem::path> extra_sources;  // trusted files compiled in, e.g. a probe; host paths
  std::vector<std::filesystem::path> given;          // headers that stand for the submission's own; host paths
  std::vector<std::string> flags;                    // added to the default ones
  bool accept_python = false;
  // The runtime of grader/schedule, a shared library of ours: the program is instrumented and linked with it, so that
  // it chooses who runs when. Empty: an ordinary program. C++ only.
  std::filesystem::path runtime = {};
};

// A built program, ready to be shown to a sandbox.
struct Program {
  std::string name;
  std::filesystem::path host;     // the executable, or the folder of the Python submission; read-only
  std::vector<std::string> argv;  // how to start it inside: {"/box/reap"} or {"/usr/bin/python3", "/box/reap.py"}
  sandbox::Files files;           // what the sandbox must show for that
  bool python = false;
};

struct Inputs;

enum class BuildStatus { kBuilt, kMissing, kCompileError, kTooExpensive };

struct BuildResult {
  BuildStatus status = BuildStatus::kBuilt;
  Program program;       // if kBuilt
  std::string messages;  // the compiler's, warnings too; paths as the student knows them; bounded, head first
  std::string summary;   // one line for a student: "reap.cpp does not compile: 2 errors"
  bool cached = false;
  std::chrono::milliseconds took{0};
};

// Builds into a folder of its own below cache, which no submission can write to. The same inputs (sources, every header
// of the submission, flags, compiler) are compiled once; artefacts are kept per student (the submission's real path),
// so one student's build never meets another's.
class Builder {
 public:
  // What was built for `lender`, a submission that is the course's own, may be used for others too: so the reference
  // serves its variants. Empty: nobody lends.
  Builder(sandbox::Spawner& spawner, std::filesystem::path cache, std::filesystem::path lender = {});

  // A missing or unreadable source is a result (kMissing). Throws std::system_error or sandbox::SetUpError for the
  // machine's faults.
  BuildResult Build(const std::filesystem::path& submission, const Target& target);

 private:
  BuildResult BuildProgram(const std::filesystem::path& submission, const Inputs& inputs);

  sandbox::Spawner& spawner_;
  std::filesystem::path cache_;
  std::filesystem::path lender_;
};

}  // namespace grader::build
