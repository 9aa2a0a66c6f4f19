#pragma once

#include <filesystem>
#include <string>

#include "grader/os/fd.h"
#include "grader/os/trusted_child.h"

namespace grader::cli {

// A running checks executable: its assignment on stdin, events from descriptor 3, its own words from stdout and stderr.
class ChecksProcess {
 public:
  // Throws std::system_error.
  static ChecksProcess Start(const std::filesystem::path& executable, const std::string& assignment);

  // Non-blocking.
  const os::Fd& events() const { return events_; }
  const os::Fd& words() const { return words_; }
  int pidfd() const { return child_.pidfd(); }

  // Asks it to end, and kills it with all its group if it does not within a grace period.
  void End();

  // Its wait status (waitpid(2)); sleeps until it has ended. Called once.
  int Wait() { return child_.Wait(); }

 private:
  ChecksProcess(os::TrustedChild child, os::Fd events, os::Fd words)
      : child_(std::move(child)), events_(std::move(events)), words_(std::move(words)) {}

  os::TrustedChild child_;
  os::Fd events_;
  os::Fd words_;
};

// "was killed by signal 11 (Segmentation fault)", "ended with status 3".
std::string DescribeStatus(int wait_status);

}  // namespace grader::cli
