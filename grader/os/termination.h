// The signals with which a person or a system asks a process to end.
#pragma once

#include <signal.h>

#include <optional>

#include "grader/os/fd.h"

namespace grader::os {

// While it lives, SIGINT, SIGTERM and SIGHUP do not end this process but make fd() readable, for every thread and for
// good. Those that were ignored before (nohup(1)) stay so. Made before any thread is; not copied or moved.
class Termination {
 public:
  // Throws std::system_error.
  Termination();
  Termination(const Termination&) = delete;
  Termination& operator=(const Termination&) = delete;
  // A signal that came meanwhile ends the process here, as it would have.
  ~Termination();

  // Readable when one of the signals has come (signalfd(2)); never read from.
  int fd() const { return fd_.get(); }

  // The signal that has come, if any.
  std::optional<int> Asked() const;

 private:
  sigset_t before_;
  sigset_t watched_;
  Fd fd_;
};

}  // namespace grader::os
