// What a program wrote to one of its output streams.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "grader/observe/observation.h"
#include "grader/os/bytes.h"

namespace grader::observe {

// Keeps the head of a stream up to a bound, and of what follows the last bytes, however much comes. Splits lines and
// notes when each was complete. Not thread-safe.
class OutputCapture {
 public:
  explicit OutputCapture(os::Bytes bound) : bound_(bound) {}

  void Append(std::string_view bytes, Moment at);

  std::string_view head() const { return head_; }
  bool over_bound() const { return total_ > bound_.count; }

  // All that was kept; a last line without newline counts as read at the given moment.
  Captured Take(Moment at);
  std::vector<LineMoment> TakeLines() { return std::move(lines_); }

  static constexpr std::size_t kTailBytes = std::size_t{64} * 1024;
  static constexpr std::size_t kLines = 20'000;
  static constexpr std::size_t kLineBytes = 4096;  // of longer lines the head is kept

 private:
  void SplitLines(std::string_view bytes, Moment at);
  void AddToLine(std::string_view bytes);
  void FinishLine(Moment at);

  os::Bytes bound_;
  std::uint64_t total_ = 0;
  std::string head_;
  std::string tail_;
  std::string line_;
  std::vector<LineMoment> lines_;
};

}  // namespace grader::observe
