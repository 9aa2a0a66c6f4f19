#pragma once

#include <chrono>
#include <compare>
#include <cstdint>

namespace grader::observe {

// When something happened in a run: its place in the order of events as they were observed, and the fair time since the
// program was released (time in which the machine gave a ready sandbox no processor is taken off).
struct Moment {
  std::uint64_t order = 0;
  std::chrono::microseconds fair_time{0};

  friend bool operator<(const Moment& a, const Moment& b) { return a.order < b.order; }
};

}  // namespace grader::observe
