// Uses the classes of a submission, one scenario in each run, and prints what came of each call. It judges nothing.
// What takes time is in there. The rest runs for a moment only, and compiles in half the time like this.
#include "content.h"
#pragma GCC optimize("O0")

#include "pipe_ends.h"
#include "pipe_messages.h"
#include "pipe_poll.h"
#include "queue_crowd.h"
#include "queue_deaths.h"
#include "queue_order.h"
#include "resources.h"
#include "stage.h"
#include "waits.h"

// Whoever starts us may ignore SIGPIPE, and that is inherited. Before anything of the submission can run.
__attribute__((constructor(101))) static void BeOrdinary() { signal(SIGPIPE, SIG_DFL); }

int main(int argc, char* argv[]) {
  using namespace stage;
  constexpr std::pair<const char*, void (*)(const Words&)> kScenarios[] = {
      {"messages", Messages},   {"bothways", BothWays},   {"lengths", Lengths},
      {"oneway", OneWay},       {"half", Half},           {"dying", Dying},
      {"moves", Moves},         {"copies", Copies},       {"shares", Shares},
      {"remains", Remains},     {"deaf", Deaf},           {"looks", Looks},
      {"polltimes", PollTimes}, {"halfpoll", HalfPoll},   {"script", Script},
      {"refuses", Refuses},     {"closes", Closes},       {"many", Many},
      {"rush", Rush},           {"beside", Beside},       {"queuetimes", QueueTimes},
      {"killed", Killed},       {"asleep", Asleep},       {"disturbed", DisturbedWaits},
      {"meet", Meet},           {"count", CountTogether}, {"interrupted", Interrupted},
      {"pass", Pass},           {"list", List},           {"executes", Executes},
      {"repeats", Repeats},     {"perishes", Perishes},   {"scarce", Scarce},
  };
  for (const auto& [name, scenario] : kScenarios) {
    if (argc < 2 || std::string_view(argv[1]) != name) continue;
    const Words words(argv + 2, argv + argc);
    const std::string end = Outcome([&, act = scenario] { act(words); });
    if (end == "returned") return 0;
    Tell("driver", end);
    return 1;
  }
  return 2;
}
