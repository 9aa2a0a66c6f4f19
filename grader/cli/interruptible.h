#pragma once

#include "grader/os/termination.h"

namespace grader::cli {

// A stretch of work that SIGINT, SIGTERM and SIGHUP may end. All that it started is ended by those who started it, told
// by Interrupted; then, at the stretch's own end, one line is said and the process dies of the signal, so that shells
// see 128 + n.
class Interruptible {
 public:
  // `rest` says what becomes of the work so far; it stays valid.
  explicit Interruptible(const char* rest = "nothing was written") : rest_(rest) {}
  Interruptible(const Interruptible&) = delete;
  Interruptible& operator=(const Interruptible&) = delete;
  ~Interruptible();

  const os::Termination& termination() const { return termination_; }

 private:
  const char* rest_;
  os::Termination termination_;
};

}  // namespace grader::cli
