// A program of the grader itself, run as a child outside any sandbox.
#pragma once

#include <sys/types.h>

#include <span>
#include <string>
#include <vector>

#include "grader/os/fd.h"

namespace grader::os {

// One of our descriptors, and its number in the child.
struct Inherited {
  int ours = -1;
  int theirs = -1;
};

// The child leads a process group of its own, so that a terminal's Ctrl-C reaches us alone; it has the given
// descriptors and no others that are close-on-exec, default signal handling, and is killed when the thread that started
// it ends. Move-only; destruction kills the group and reaps the child.
class TrustedChild {
 public:
  // Runs argv[0], a path. Threads may be running. Throws std::system_error, also if it cannot be executed.
  static TrustedChild Start(const std::vector<std::string>& argv, std::span<const Inherited> descriptors);

  TrustedChild(TrustedChild&& other) noexcept;
  TrustedChild& operator=(TrustedChild&&) = delete;
  ~TrustedChild();

  // Readable when the child has ended (pidfd_open(2)).
  int pidfd() const { return pidfd_.get(); }

  // To the whole group; nothing if the child was reaped.
  void Signal(int signal) const noexcept;

  // Sleeps until the child ends, kills what is left of its group, and gives the wait status (waitpid(2)). Called once.
  int Wait();

 private:
  TrustedChild(pid_t pid, Fd pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}

  pid_t pid_ = -1;  // -1: reaped
  Fd pidfd_;
};

}  // namespace grader::os
