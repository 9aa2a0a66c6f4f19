#include "grader/observe/output_capture.h"

#include <algorithm>

namespace grader::observe {

void OutputCapture::Append(std::string_view bytes, Moment at) {
  SplitLines(bytes, at);
  total_ += bytes.size();
  const std::size_t fits = std::min<std::size_t>(bytes.size(), bound_.count - head_.size());
  head_ += bytes.substr(0, fits);
  tail_ += bytes.substr(fits);
  if (tail_.size() > 2 * kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
}

Captured OutputCapture::Take(Moment at) {
  if (!line_.empty()) FinishLine(at);
  if (tail_.size() > kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
  Captured captured;
  captured.head = std::move(head_);
  captured.tail = std::move(tail_);
  captured.left_out = total_ - captured.head.size() - captured.tail.size();
  return captured;
}

void OutputCapture::SplitLines(std::string_view bytes, Moment at) {
  if (lines_.size() >= kLines) return;
  for (std::size_t newline; (newline = bytes.find('\n')) != bytes.npos; bytes.remove_prefix(newline + 1)) {
    AddToLine(bytes.substr(0, newline));
    FinishLine(at);
  }
  AddToLine(bytes);
}

void OutputCapture::AddToLine(std::string_view bytes) { line_ += bytes.substr(0, kLineBytes - line_.size()); }

void OutputCapture::FinishLine(Moment at) {
  if (lines_.size() < kLines) lines_.push_back({std::move(line_), at});
  line_.clear();
}

}  // namespace grader::observe
