// driver SCENARIO ARGUMENT…: does something with a pool, and tells what came of it. What that is worth is decided by
// the checks, who also see what the processes did.

#include "house.h"

namespace driver {
namespace {

struct Scenario {
  const char* name;
  void (*run)(Words words);
};

constexpr Scenario kScenarios[] = {
    {"results", Results},
    {"exactly", Exactly},
    {"cpus", Cpus},
    {"large", Large},
    {"untaken", Untaken},
    {"throws", Throws},
    {"in_order", InOrder},
    {"idle_in_get", IdleInGet},
    {"idle_in_long_get", IdleInLongGet},
    {"idle_in_join", IdleInJoin},
    {"idle_in_ready", IdleInReady},
    {"hands_in", HandsIn},
    {"hands_in_to_stopped", HandsInToStopped},
    {"timeouts", Timeouts},
    {"looks", Looks},
    {"asleep", AsleepInAll},
    {"signals", Signals},
    {"refused", Refused},
    {"closed", ClosedPool},
    {"join_too_early", JoinTooEarly},
    {"join", Join},
    {"terminate", Terminate},
    {"destructor", Destructor},
    {"few_processes", FewProcesses},
    {"few_descriptors", FewDescriptors},
    {"deaths", Deaths},
    {"deaths_in_join", DeathsInJoin},
    {"replaced", Replaced},
    {"unread", Unread},
    {"dying", Dying},
    {"exits", Exits},
    {"moments", MomentsOfWorker},
    {"moments_of_parent", MomentsOfParent},
    {"late", Late},
    {"orphans", Orphans},
    {"last_orphan", LastOrphan},
    {"prints", Prints},
    {"two_pools", TwoPools},
    {"descriptors", Descriptors},
    {"memory", Memory},
};

}  // namespace
}  // namespace driver

int main(int argc, char* argv[]) {
  std::vector<std::string> words(argv + 1, argv + argc);
  for (const auto& scenario : driver::kScenarios) {
    if (words.empty() || words[0] != scenario.name) continue;
    words.erase(words.begin());
    driver::MakeBoard();
    scenario.run(driver::Words(std::move(words)));
    return 0;
  }
  return 94;
}
