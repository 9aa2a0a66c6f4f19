#pragma once

#include <compare>
#include <cstdint>

namespace grader::os {

// An amount of memory, disk or output.
struct Bytes {
  std::uint64_t count = 0;
  friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

constexpr Bytes KiB(std::uint64_t n) { return {n << 10}; }
constexpr Bytes MiB(std::uint64_t n) { return {n << 20}; }

}  // namespace grader::os
