#include "grader/observe/stack.h"

#include <algorithm>

namespace grader::observe {

std::optional<Frame> StudentFrame(const Stack& stack) {
  const auto frame =
      std::find_if(stack.begin(), stack.end(), [](const Frame& f) { return f.in_submission && f.line > 0; });
  if (frame == stack.end()) return std::nullopt;
  return *frame;
}

}  // namespace grader::observe
