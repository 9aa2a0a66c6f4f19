// What the checks of this lab have in common: each lets the driver play scenes, and judges the lines that it prints.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab07 {

// A scene of the driver, and what it is in a student's words.
struct Scene {
  std::vector<std::string> args;
  std::string scenario;
};

class ShmCheck : public LabCheck {
 protected:
  using Unit = observe::Intervention::Unit;
  using Action = observe::Intervention::Action;

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }

  // Short of time: a submission that polls for what never comes is not to poll for long.
  RunOptions Play(Scene scene);

  // Plays the scene once, to a good end, with exactly these lines.
  void ExpectLines(Scene scene, std::vector<std::string> lines);

  // The same each time the grader intervenes. Lines that may come in any order are sorted for judging.
  void ExpectLinesAtEachMoment(const Moments& moments, const RunOptions& options, std::vector<std::string> lines);

  // Plays a scene in which processes wait, and the program goes on only at a word from outside: it gets `words` of
  // them, each when everybody has been asleep for some time.
  Observation RunSlowly(Scene scene, int words);
};

// Of RunSlowly: nobody computes while it waits. Several who wait busily share the processors, so their time is added
// up.
RunMatcher SleepsAllTheTime();

// 0 if the text is no number.
long long NumberIn(const std::string& text);

// The words of a line.
std::vector<std::string> Split(const std::string& line);

}  // namespace grader::checks::lab07
