// Debian's similarity-tester: sim_c++ and sim_text (sim(1)).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/lms/sources.h"

namespace grader::lms {

struct LineRange {
  int first = 0;  // from 1
  int last = 0;
};

// What two texts have in common, by their places in the list.
struct CommonRun {
  std::size_t a = 0;
  std::size_t b = 0;
  LineRange in_a;
  LineRange in_b;
  int units = 0;  // tokens of C++, words of Python
};

struct Comparison {
  std::vector<int> units;  // of each text
  std::vector<CommonRun> runs;
};

// The shortest run that is told, in tokens or words: sim's own default for programs, and somewhat more than that for
// prose.
constexpr int ShortestRun(Language language) { return language == Language::kCpp ? 24 : 16; }

// Compares each text with each, in `scratch`, an empty folder. The program gets to see neutral names, and is ended when
// it uses more than ten minutes of processor or 4 GiB. Throws std::runtime_error, in one line, if it is not installed
// or fails.
Comparison CompareTexts(const std::vector<std::string>& texts, Language language, const std::filesystem::path& scratch);

}  // namespace grader::lms
