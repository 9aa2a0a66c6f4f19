#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace grader::course {

// The candidate that word is most likely a slip of: the fewest letters inserted, left out, changed or swapped with
// their neighbour, and at most a third of the word's length. Case does not count. Empty if none is near.
std::optional<std::string> Nearest(std::string_view word, std::span<const std::string> candidates);

// "; did you mean 'name'?", or nothing if no candidate is near.
std::string DidYouMean(std::string_view word, std::span<const std::string> candidates);

}  // namespace grader::course
