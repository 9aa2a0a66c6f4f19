// Processes that are killed while they wait at a queue.
#include <fmt/format.h>

#include "../probes/content.h"
#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

struct Death {
  std::string call;     // "get" or "put"
  std::string company;  // "alone", or "beside" another process that sleeps in the same call
  int maxsize = 1;
};

class DeathsCheck : public IpcCheck {
 protected:
  RunOptions Killed(const Death& death, std::int64_t seed) {
    const auto call = death.call == "get" ? "queue.get()" : "queue.put(message)";
    return Scenario(
        {"killed", death.call, death.company, std::to_string(death.maxsize), std::to_string(seed)},
        fmt::format("Queue queue({});   // a child sleeps in {} and is killed{};\n// then others put() and get()",
                    death.maxsize, call, death.company == "alone" ? "" : ", beside another one that sleeps there"));
  }

  void NobodyIsHeldUp(const Observation& run, const Death& death, std::int64_t seed) {
    const auto size = static_cast<std::size_t>(death.maxsize);
    std::size_t messages = size + 6 + (death.company == "beside" ? 1 : 0);
    if (death.call == "put") messages += size + 3;
    std::vector<std::string> all;
    for (std::size_t number = 0; number < messages; ++number) {
      all.push_back(Sent(seed, number, 1 + content::Mixed(static_cast<std::uint64_t>(seed) + number) % 300));
    }
    std::vector<std::string> states{fmt::format("{} false true", size), "0 true false"};
    ExpectAll(run, {{"get() returns all that the others put, and nothing of the dead process", "got", all},
                    {"the queue still holds maxsize messages, and no more", "put", {"Full"}},
                    {"no message and no room has gone with the dead process", "state", states},
                    {"the queue is empty when all has been got", "get", {"Empty"}}});
  }

  void Survives(const Death& death) {
    const auto seed = Seed();
    NobodyIsHeldUp(Run(Killed(death, seed)), death, seed);
    if (HasFailure() || death.company != "alone") return;
    AtEachMoment({.mark = "victim", .most = 16}, Killed(death, seed),
                 [&](const Observation& run) { NobodyIsHeldUp(run, death, seed); });
  }
};

LAB_CHECK_F(DeathsCheck, Queue, SurvivesAKilledGetter, .points = 4,
            .hint =
                "Who sleeps must own nothing. A lock that a dead process held is released by nobody: use none while "
                "asleep, or one that tells of its owner's death (pthread_mutexattr_setrobust(3)). A condition variable "
                "waits for its dead waiters for ever.",
            .title = "a process killed in get() takes nothing along, and holds up nobody") {
  for (const auto* company : {"alone", "beside"}) {
    Survives({"get", company, static_cast<int>(Size(1, 3))});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(DeathsCheck, Queue, SurvivesAKilledPutter, .points = 4,
            .hint = "Who sleeps must own nothing: no lock, and no message of it may be half in the queue.",
            .title = "a process killed in put() takes nothing along, and holds up nobody") {
  for (const auto* company : {"alone", "beside"}) {
    Survives({"put", company, static_cast<int>(Size(1, 3))});
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab06
