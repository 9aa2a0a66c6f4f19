#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace grader::observe {

// When something happened in a run: its place in the order of events as observed; the fair time since the program was
// released (less the time in which the machine gave a ready sandbox no processor); and the machine's own time since.
// By the latter, what a program puts off is at least so much later, on the busiest of machines.
struct Moment {
  std::uint64_t order = 0;
  std::chrono::microseconds fair_time{0};
  std::chrono::microseconds machine_time{0};

  friend bool operator<(const Moment& a, const Moment& b) { return a.order < b.order; }
};

}  // namespace grader::observe
