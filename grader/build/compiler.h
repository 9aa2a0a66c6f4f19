#pragma once

#include <string>
#include <vector>

#include "grader/build/builder.h"
#include "grader/build/source_files.h"
#include "grader/sandbox/spawner.h"

namespace grader::build {

enum class Product { kProgram, kObject };

// All that decides what a compilation gives.
struct Inputs {
  Target target;
  Language language = Language::kCpp;
  Product product = Product::kProgram;
  SourceFiles submission;
  std::vector<SourceFile> extra;
};

// What a compiler run gave.
struct Compiled {
  BuildStatus status = BuildStatus::kBuilt;
  std::string summary;
  std::string messages;
  std::string executable;  // the program's bytes, or the object's, for C++ if kBuilt
  bool repeatable = true;  // false: the same inputs may give another result, as after a wall clock limit
};

// Where a scheduled program's runtime stands in every sandbox, the compiler's and its own.
inline constexpr const char* kRuntimeInside = "/runtime/libgrade_schedule.so";

// Runs g++, or Python's parser, on inputs in a sandbox of its own. staging is a folder of ours, for the files it is
// shown. Throws std::system_error, sandbox::SetUpError.
Compiled Compile(sandbox::Spawner& spawner, const Inputs& inputs, const std::filesystem::path& staging);

// Names the compiler, so that another one makes other artefacts. Throws std::runtime_error if there is none.
std::string CompilerIdentity(Language language);

// The command that Compile() runs.
std::vector<std::string> CompileCommand(const Inputs& inputs);

}  // namespace grader::build
