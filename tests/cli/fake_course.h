// An installation of grade in a temporary folder: the real command, a small course, and checks that say what a test
// wants.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/checks/result.h"
#include "grader/os/fd.h"
#include "grader/os/trusted_child.h"

namespace grader::cli {

// How a command ended.
struct Ended {
  int status = 0;  // as a shell sees it: 128 + n for signal n
  std::string out;
  std::string err;
};

// A command that runs.
class Running {
 public:
  Running(os::TrustedChild child, os::Fd out, os::Fd err)
      : child_(std::move(child)), out_(std::move(out)), err_(std::move(err)) {}

  void Signal(int number) { child_.Signal(number); }
  // Reads to the end of both streams and waits.
  Ended Wait();

 private:
  os::TrustedChild child_;
  os::Fd out_;
  os::Fd err_;
};

class FakeCourse {
 public:
  // Labs 1 (fork) and 2 (reap), with skeletons and references; a submission for lab 2 in work/lab02-reap that gets full
  // marks from the checks.
  FakeCourse();
  FakeCourse(const FakeCourse&) = delete;
  FakeCourse& operator=(const FakeCourse&) = delete;
  ~FakeCourse();

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path work() const { return root_ / "work"; }  // the current folder of commands
  std::filesystem::path course() const { return root_ / "share/grade"; }
  std::filesystem::path grade() const { return root_ / "bin/grade"; }

  // Below root().
  void Write(const std::filesystem::path& relative, const std::string& text) const;
  std::string Read(const std::filesystem::path& relative) const;
  bool Has(const std::filesystem::path& relative) const;

  // Gives the installation the scheduler's runtime.
  void TakeRuntime(const std::filesystem::path& library) const;

  // The checks of lab 2 become a shell script; descriptor 3 takes events, $HERE is its folder. SayScript() says events.
  void Checks(const std::string& script) const;
  static std::string Say(const std::vector<checks::Event>& events);

  // grade WORDS... in work(), with an environment of its own. `before` is what stands before it: {"env", "A=b"}.
  Running Start(const std::vector<std::string>& words, const std::vector<std::string>& before = {}) const;
  Ended Run(const std::vector<std::string>& words, const std::vector<std::string>& before = {}) const;

 private:
  std::filesystem::path root_;
};

// Two checks, A.One (4 points) and A.Two (6 points).
checks::Event StartedEvent();
checks::Event Passed(const std::string& id, double points);
checks::Event Failed(const std::string& id);
// A whole grading: both pass.
std::vector<checks::Event> FullMarks();

}  // namespace grader::cli
