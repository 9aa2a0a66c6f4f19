// Waiting for a descriptor, but not for ever.
#pragma once

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>

#include "descriptor.h"

namespace ipc {

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
    while (::poll(&wanted, 1, 0) <= 0) {
      if (moment_ && Clock::now() >= *moment_) return false;
    }
    return true;
  }

 private:
  std::optional<Clock::time_point> moment_;
};

}  // namespace ipc
