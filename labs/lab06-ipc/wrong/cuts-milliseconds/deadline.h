// Waiting for a descriptor, but not for ever.
#pragma once

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>

#include "descriptor.h"

namespace ipc {

inline int Milliseconds(std::chrono::nanoseconds time) {
  return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

// A moment up to which one is ready to wait. Signals that come meanwhile do not move it.
class Deadline {
 public:
  using Clock = std::chrono::steady_clock;

  // Without a timeout: never. Zero or less: now.
  explicit Deadline(std::optional<std::chrono::nanoseconds> timeout) {
    if (timeout) moment_ = Clock::now() + std::max(*timeout, std::chrono::nanoseconds(0));
  }

  // Sleeps until something can be read from descriptor, or its other end is gone. False if the moment came first.
  bool WaitToRead(const Descriptor& descriptor) const {
    pollfd wanted{descriptor.get(), POLLIN, 0};
    for (;;) {
      const int left = moment_ ? Milliseconds(std::max(Clock::duration(0), *moment_ - Clock::now())) : -1;
      const int ready = ::poll(&wanted, 1, left);
      if (ready > 0) return true;
      if (ready == 0) return false;
      if (errno != EINTR) Fail("poll");
    }
  }

 private:
  std::optional<Clock::time_point> moment_;
};

}  // namespace ipc
