// A wake-up from one thread to another that waits in poll(2) (eventfd(2)).
#pragma once

#include "grader/os/fd.h"

namespace grader::os {

class EventFd {
 public:
  EventFd();  // throws std::system_error

  // Makes the descriptor readable until the next Clear(). From any thread.
  void Notify() const noexcept;
  void Clear() const noexcept;

  int get() const { return fd_.get(); }

 private:
  Fd fd_;
};

}  // namespace grader::os
