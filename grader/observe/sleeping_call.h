#pragma once

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace grader::observe {

// The system call in which a task sleeps, as the kernel tells it (/proc/TID/syscall).
struct SleepingCall {
  long number = 0;
  std::array<std::uint64_t, 6> arguments{};

  int descriptor(int argument) const { return static_cast<int>(arguments[static_cast<std::size_t>(argument)]); }
};

// Parses that file's text. Empty if the task runs or sleeps elsewhere than in a system call.
std::optional<SleepingCall> ParseSleepingCall(std::string_view text);

// Whether it will end by itself: it sleeps for a time or was given a timeout.
bool EndsByTime(const SleepingCall& call);

// Whether it lasts until the new child has exec'd or ended (vfork(2)). An ordinary fork may sleep too, for the machine:
// then the child is not there yet, and nobody can be blamed. (clone3(2) is refused inside, so nobody sleeps in it.)
bool AwaitsVforkChild(const SleepingCall& call);

std::optional<SleepingCall> ReadSleepingCall(pid_t host_tid);

}  // namespace grader::observe
