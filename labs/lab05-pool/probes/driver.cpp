// driver SCENARIO ARGUMENT…: does something with a pool, and tells what came of it. What that is worth is decided by
// the checks, who also see what the processes did.
#include <cstdio>
#include <functional>
#include <map>

#include "house.h"

int main(int argc, char* argv[]) {
  using driver::Words;
  const std::map<std::string, std::function<void(Words)>> scenarios = {
      {"results", driver::Results},
      {"exactly", driver::Exactly},
      {"cpus", driver::Cpus},
      {"large", driver::Large},
      {"untaken", driver::Untaken},
      {"throws", driver::Throws},
      {"in_order", driver::InOrder},
      {"idle_in_get", driver::IdleInGet},
      {"idle_in_long_get", driver::IdleInLongGet},
      {"idle_in_join", driver::IdleInJoin},
      {"idle_in_ready", driver::IdleInReady},
      {"hands_in", driver::HandsIn},
      {"timeouts", driver::Timeouts},
      {"looks", driver::Looks},
      {"asleep", driver::AsleepInAll},
      {"signals", driver::Signals},
      {"refused", driver::Refused},
      {"closed", driver::ClosedPool},
      {"join_too_early", driver::JoinTooEarly},
      {"join", driver::Join},
      {"terminate", driver::Terminate},
      {"destructor", driver::Destructor},
      {"few_processes", driver::FewProcesses},
      {"few_descriptors", driver::FewDescriptors},
      {"deaths", driver::Deaths},
      {"deaths_in_join", driver::DeathsInJoin},
      {"replaced", driver::Replaced},
      {"unread", driver::Unread},
      {"dying", driver::Dying},
      {"moments", driver::MomentsOfWorker},
      {"moments_of_parent", driver::MomentsOfParent},
      {"orphans", driver::Orphans},
      {"prints", driver::Prints},
      {"two_pools", driver::TwoPools},
      {"descriptors", driver::Descriptors},
      {"memory", driver::Memory},
  };
  std::vector<std::string> words(argv + 1, argv + argc);
  const auto scenario = words.empty() ? scenarios.end() : scenarios.find(words[0]);
  if (scenario == scenarios.end()) return 94;
  words.erase(words.begin());
  driver::MakeBoard();
  scenario->second(Words(std::move(words)));
  return 0;
}
