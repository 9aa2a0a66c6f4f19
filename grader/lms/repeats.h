#pragma once

#include <string>

#include "grader/lms/sources.h"

namespace grader::lms {

// A text without what it says over and over. Blanked characters are blanks, so lines keep their numbers.
struct Thinned {
  std::string text;
  bool repeats = false;  // whether anything was blanked
};

// Blanks each stretch of `length` tokens (C++, comments taken out) or words (Python) from its 301st time on: the
// similarity-tester compares each time with each, so that one hand-in of the same line, 20,000 times, would take it
// minutes. Names, numbers and texts count as equal in C++, as they do there.
Thinned WithoutRepeats(std::string text, Language language, int length);

}  // namespace grader::lms
