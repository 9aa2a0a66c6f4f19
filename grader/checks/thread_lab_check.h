// What the checks of labs have in common whose drivers play scenes with threads, under many schedules.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks {

// A scene of a driver, and what it is in a student's words.
struct Scene {
  std::vector<std::string> args;
  std::string scenario;
};

// Threads that a native program lets sleep: `program SCENE` reads a line from its input, and only then lets them go.
struct Sleepers {
  std::string program;
  Scene scene;
  std::vector<std::string> lines;  // that it prints, when they have gone
};

// A call with a timeout, of which the driver's first line tells.
struct TimedCall {
  std::string name;  // such as "wait(timeout)"
  std::chrono::nanoseconds timeout{};
};

class ThreadLabCheck : public LabCheck {
 protected:
  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }

  // Any order of events, also such in which time passes while somebody could go on.
  static ExploreOptions AnyTime(Scene scene, int schedules = 400);

  // Time passes only while everybody sleeps: for scenes that wait until all do, and for the length of timeouts.
  static ExploreOptions TimeOfSleepers(Scene scene, int schedules = 400);

  // In each schedule it ends with 0, and prints exactly these lines.
  void ExpectLines(const ExploreOptions& options, const std::vector<std::string>& lines);

  // In each schedule it prints lines of which one of these is the whole.
  void ExpectOneOf(const ExploreOptions& options, const std::string& expected,
                   const std::vector<std::vector<std::string>>& wholes);

  // Threads that wait, natively: they are asleep until a word from outside lets them go.
  void ExpectAsleep(const Sleepers& sleepers);
};

// Of a driver's first line "CALL: false after 5000 ns": it came back when the time had passed, and hardly later.
RunMatcher TimesOut(const TimedCall& call);

// The same, or it was true before.
RunMatcher TimesOutAtMost(const TimedCall& call);

// Of a driver's first line "CALL: false, before the timeout; what it waited for came in time": it is true if what it
// waits for comes in time, and false only when the time has passed.
RunMatcher IsTrueInTime(const TimedCall& call);

// Whether the driver's first line says that the call was true.
bool WasTrue(const observe::Observation& run, const TimedCall& call);

// The driver's lines behind its first one.
RunMatcher ThenPrints(const std::vector<std::string>& rest);

}  // namespace grader::checks
