#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace grader::checks {

// Fresh inputs that can be had again: the same seed gives the same values on every machine.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // The inputs of one check: they depend on the run's seed and the check's id only, not on which other checks run.
  Random(std::uint64_t seed, std::string_view check_id);

  // Uniform in [low, high], both included. Throws std::invalid_argument if low > high.
  std::int64_t Integer(std::int64_t low, std::int64_t high);

  // An identifier, lower-case ASCII letters, 8 of them unless told.
  std::string Name(std::size_t length = 8);

  // One of values, which must not be empty (std::invalid_argument).
  template <typename T>
  const T& Pick(const std::vector<T>& values) {
    return values.at(Index(values.size()));
  }

  template <typename T>
  void Shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[Index(i)]);
  }

 private:
  std::size_t Index(std::size_t size);

  std::mt19937_64 engine_;
};

}  // namespace grader::checks
