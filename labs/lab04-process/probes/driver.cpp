// Exercises class Process: driver SCENARIO [ARGUMENT ...]. It tells facts and judges nothing.
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>
#include <map>

#include "ending.h"
#include "facts.h"
#include "joining.h"
#include "outliving.h"
#include "owning.h"
#include "printing.h"
#include "starting.h"

namespace {

using Scenario = int (*)(const Arguments&);

const std::map<std::string, Scenario> kScenarios = {
    {"start", Start},
    {"start-returns", StartReturns},
    {"empty-target", EmptyTarget},
    {"start-twice", StartTwice},
    {"no-process", NoProcess},
    {"standard-input", StandardInput},
    {"printed", Printed},
    {"buffered", Buffered},
    {"nothing-else", NothingElse},
    {"exception", Exception},
    {"no-std-exception", NoStdException},
    {"codes", Codes},
    {"zombie", Zombie},
    {"stopped", Stopped},
    {"terminate", Terminate},
    {"terminate-returns", TerminateReturns},
    {"terminate-ended", TerminateEnded},
    {"join", Join},
    {"before-start", BeforeStart},
    {"timed", Timed},
    {"long", Long},
    {"grandchild", Grandchild},
    {"asleep-untimed", AsleepUntimed},
    {"asleep-timed", AsleepTimed},
    {"signals", Signals},
    {"one-signal", OneSignal},
    {"names", Names},
    {"daemon-flag", DaemonFlag},
    {"subclass", Subclass},
    {"destructor", Destructor},
    {"daemon-destructor", DaemonDestructor},
    {"destructor-elsewhere", DestructorElsewhere},
    {"elsewhere", Elsewhere},
    {"foreign", Foreign},
    {"end", End},
    {"nested", Nested},
    {"siblings", Siblings},
    {"killed", Killed},
    {"killed-at-birth", KilledAtBirth},
    {"killed-in-start", KilledInStart},
    {"met", Met},
    {"cycles", Cycles},
};

constexpr int kException = 99;

}  // namespace

// An exception out of the scenario is one that a call should not have thrown.
int main(int argc, char* argv[]) {
  const auto scenario = argc > 1 ? kScenarios.find(argv[1]) : kScenarios.end();
  if (scenario == kScenarios.end()) return 96;
  try {
    return scenario->second(Arguments(argv + 2, argv + argc));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "a call threw: %s\n", error.what());
  } catch (...) {
    std::fprintf(stderr, "a call threw something that is no std::exception\n");
  }
  return kException;
}
