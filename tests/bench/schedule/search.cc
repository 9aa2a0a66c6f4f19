// schedule-search RUNTIME PROGRAM SEEDS SCHEDULES [same]: searches one program of the bank by the portfolio of each of
// so many seeds, until the first schedule with a finding or an exit status other than 0. One line of JSON says in which
// schedule that was (0: in none), what was found, and how many schedules a second were run. With `same` it runs each of
// the first SCHEDULES schedules of SEEDS as often as SEEDS says, and counts the runs that differ.
#include <chrono>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "grader/build/compiler.h"
#include "grader/sandbox/spawner.h"
#include "grader/schedule/portfolio.h"
#include "grader/schedule/server.h"

namespace grader::schedule {
namespace {

// The words of the first lines of the bank's programs.
std::string WordFor(FindingKind kind) {
  switch (kind) {
    case FindingKind::kDataRace:
      return "race";
    case FindingKind::kUseAfterFree:
    case FindingKind::kHeapOverflow:
      return "use-after-free";
    case FindingKind::kDoubleFree:
    case FindingKind::kInvalidFree:
      return "double-free";
    case FindingKind::kUnlockOfOthers:
    case FindingKind::kUnlockOfFree:
    case FindingKind::kSelfLock:
    case FindingKind::kDestroyedHeld:
    case FindingKind::kDestroyedWaited:
    case FindingKind::kConditionUnlocked:
    case FindingKind::kConditionTwoMutexes:
      return "mutex-misuse";
    case FindingKind::kJoinTwice:
    case FindingKind::kJoinDetached:
    case FindingKind::kJoinSelf:
    case FindingKind::kDetachTwice:
      return "thread-misuse";
    case FindingKind::kDeadlock:
      return "deadlock";
    case FindingKind::kLostWakeUp:
      return "lost-wake-up";
    case FindingKind::kLivelock:
    case FindingKind::kStuck:
      return "livelock";
    case FindingKind::kUncaughtException:
    case FindingKind::kTerminated:
      return "exception";
    case FindingKind::kAborted:
    case FindingKind::kCrashed:
    case FindingKind::kStackOverflow:
      return "crash";
    case FindingKind::kUnsupported:
      return "unsupported";
  }
  return "unknown";
}

std::set<std::string> WordsFor(const Answer& answer) {
  std::set<std::string> words;
  for (const Finding& finding : answer.findings) words.insert(WordFor(finding.kind));
  if (answer.result.ending == Ending::kFault) words.insert(std::string("fault: ") + answer.result.fault);
  if (answer.result.ending == Ending::kStepLimit) words.insert("step-limit");
  if (answer.result.ending == Ending::kUnseen) words.insert("unseen");
  if (answer.result.ending == Ending::kSignaled) words.insert("crash");
  if (answer.result.ending == Ending::kExited && answer.result.status != 0) words.insert("wrong-result");
  return words;
}

// As far apart as whole searches are.
Portfolio PortfolioOf(int seed) { return {static_cast<std::uint64_t>(seed) * 1'000'003, kAllDisturbances}; }

nlohmann::json FirstFinding(Server& server, int seed, int schedules, int& runs) {
  const Portfolio portfolio = PortfolioOf(seed);
  for (int number = 1; number <= schedules; ++number) {
    const Answer answer = server.Run(portfolio.At(number));
    ++runs;
    const auto words = WordsFor(answer);
    if (!words.empty()) return {{"schedule", number}, {"words", words}};
  }
  return {{"schedule", 0}};
}

int Differing(Server& server, int schedules, int times) {
  int differing = 0;
  for (int number = 1; number <= schedules; ++number) {
    const Recipe recipe = PortfolioOf(1).At(number);
    const Answer first = server.Run(recipe);
    for (int i = 1; i < times; ++i) {
      const Answer again = server.Run(recipe);
      differing += again.result.hash != first.result.hash || again.out != first.out ? 1 : 0;
    }
  }
  return differing;
}

int Main(int argc, char* argv[]) {
  if (argc < 5) {
    std::cerr << "usage: schedule-search RUNTIME PROGRAM SEEDS SCHEDULES [same]\n";
    return 2;
  }
  const int seeds = std::stoi(argv[3]);
  const int schedules = std::stoi(argv[4]);
  const auto spawner = sandbox::Spawner::Start();
  Subject subject;
  subject.command.argv = {"/box/program"};
  subject.files.views = {{argv[2], "/box/program"}, {argv[1], build::kRuntimeInside}};
  Server server(*spawner, subject);
  if (!server.ended_early().empty()) {
    std::cerr << "it " << server.ended_early() << " before main() began\n";
    return 1;
  }
  nlohmann::json told;
  const auto begin = std::chrono::steady_clock::now();
  int runs = 0;
  if (argc > 5) {
    told["differing"] = Differing(server, schedules, seeds);
    runs = schedules * seeds;
  } else {
    for (int seed = 1; seed <= seeds; ++seed) told["found"].push_back(FirstFinding(server, seed, schedules, runs));
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  told["schedules_per_second"] = runs / took.count();
  std::cout << told << '\n';
  return 0;
}

}  // namespace
}  // namespace grader::schedule

int main(int argc, char* argv[]) {
  try {
    return grader::schedule::Main(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "schedule-search: " << error.what() << '\n';
    return 3;
  }
}
