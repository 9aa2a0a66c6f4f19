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
    if (timeout && *timeout >= std::chrono::nanoseconds(0)) moment_ = Clock::now() + *timeout;
  }

  // Sleeps until something can be read from descriptor, or its other end is gone. False if the moment came first.
  bool WaitToRead(const Descriptor& descriptor) const {
    pollfd wanted{descriptor.get(), POLLIN, 0};
    for (;;) {
      timespec left{};
      const int ready = ppoll(&wanted, 1, Left(left), nullptr);
      if (ready > 0) return true;
      if (ready == 0) return false;
      if (errno != EINTR) Fail("ppoll");
    }
  }

 private:
  // The time that is left, in the form that ppoll wants: a null pointer if it has no end.
  const timespec* Left(timespec& left) const {
    if (!moment_) return nullptr;
    const auto time = std::max<std::chrono::nanoseconds>(*moment_ - Clock::now(), std::chrono::nanoseconds(0));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    left.tv_sec = seconds.count();
    left.tv_nsec = (time - seconds).count();
    return &left;
  }

  std::optional<Clock::time_point> moment_;
};

}  // namespace ipc
