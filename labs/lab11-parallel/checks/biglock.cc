// primes biglock: one lock, held while computing, that goes round.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "primes.h"

namespace grader::checks::lab11 {
namespace {

constexpr int kGlimpses = 9;
constexpr int kWorkers = 5;

// What a worker did between two looks.
struct Stretch {
  microseconds computed{0};
  bool slept = false;   // it went to sleep at some time
  bool waited = false;  // it slept, and did not compute: woken perhaps, and come too late
};

using Stretches = std::map<pid_t, Stretch>;

// What a thread computes from one sleep to the next, on the whole.
microseconds PerSleep(const Observation& run, const Worker& worker) {
  std::uint64_t sleeps = 0;
  for (const auto& look : run.processor_use) {
    for (const auto& thread : look.threads) {
      if (thread.process == worker.process && thread.tid == worker.tid) sleeps = thread.sleeps;
    }
  }
  return worker.cpu_time / (sleeps + 1);
}

// The threads that are no workers: the main one and, if there is one more than workers, that which watches the clock.
// It wakes up for next to nothing, and a worker, however little there is for it to do, for a turn.
std::vector<pid_t> NoWorkers(const Observation& run, std::size_t workers) {
  std::vector<pid_t> others = {run.processes.at(0).pid};
  const auto threads = Workers(run, Kind::kThreads);
  const auto per_sleep = [&](const Worker& worker) { return PerSleep(run, worker); };
  if (threads.size() > workers) others.push_back(std::ranges::min_element(threads, {}, per_sleep)->tid);
  return others;
}

bool Has(const std::vector<pid_t>& tids, pid_t tid) { return std::ranges::find(tids, tid) != tids.end(); }

// Of those threads of the first process that were there at both looks, but for the others.
Stretches Between(const observe::ProcessorSample& before, const observe::ProcessorSample& after,
                  const std::vector<pid_t>& others) {
  constexpr auto kForALook = 300us;  // what waking up, looking and going to sleep again costs at most
  Stretches stretches;
  for (const auto& now : after.threads) {
    if (now.process != 0 || Has(others, now.tid)) continue;
    const auto then = std::ranges::find_if(
        before.threads, [&](const observe::ThreadUse& thread) { return thread.process == 0 && thread.tid == now.tid; });
    if (then == before.threads.end()) continue;
    Stretch& stretch = stretches[now.tid];
    stretch.computed = now.cpu_time - then->cpu_time;
    stretch.slept = now.sleeps != then->sleeps;
    stretch.waited = (then->asleep || stretch.slept) && stretch.computed <= kForALook;
  }
  return stretches;
}

// The longest that a worker computed without a rest while another one waited all the time. By its own processor time,
// so a busy machine makes it no longer.
struct LongestTurn {
  pid_t tid = 0;
  microseconds computed{0};
};

LongestTurn FindLongestTurn(const Observation& run, std::size_t workers) {
  const auto& looks = run.processor_use;
  const auto others = NoWorkers(run, workers);
  LongestTurn longest;
  std::map<pid_t, microseconds> turns;
  for (std::size_t i = 1; i < looks.size(); ++i) {
    const auto stretches = Between(looks[i - 1], looks[i], others);
    std::map<pid_t, microseconds> going_on;
    for (const auto& [tid, stretch] : stretches) {
      const bool others_wait = std::ranges::any_of(
          stretches, [&, me = tid](const auto& other) { return other.first != me && other.second.waited; });
      if (stretch.slept || !others_wait) continue;
      const auto turn = turns[tid] + stretch.computed;
      going_on[tid] = turn;
      if (turn > longest.computed) longest = {tid, turn};
    }
    turns = std::move(going_on);
  }
  return longest;
}

class BiglockCheck : public PrimesCheck {
 protected:
  // Fails if it is so in more than a third of the glimpses. One now and then can show a lock on its way from one worker
  // to the next.
  void FailIfOften(const std::vector<Glimpse>& glimpses, const std::function<bool(const Glimpse&)>& is_so,
                   const std::string& expected, const std::string& what) {
    const int seen = InHowMany(glimpses, is_so);
    if (3 * seen <= static_cast<int>(glimpses.size())) return;
    Fail(FirstOf(glimpses, is_so), expected,
         {fmt::format("it was stopped {} in the midst of its work: {} of them {}",
                      Count(glimpses.size(), "time", "times"), seen, what),
          {},
          {}});
  }

  std::vector<Glimpse> LookAtWork() {
    const auto work = FindWork();
    if (!work || !IsEnough(*work)) return {};
    auto glimpses = Look("biglock", kWorkers, *work, kGlimpses);
    if (!HasFailure() && glimpses.empty()) {
      Fail("the workers count",
           {"the program was over before it had done a fifth of what the serial one does", {}, {}});
    }
    return glimpses;
  }
};

LAB_CHECK_F(
    BiglockCheck, Biglock, NeverComputesTwice, .points = 7,
    .hint = "Test numbers with the lock in your hands only. A worker that waits for it in a loop computes, too.",
    .needs = {"Serial.CountsThePrimes"}, .title = "biglock: never two compute at once") {
  FailIfOften(
      LookAtWork(), [](const Glimpse& glimpse) { return glimpse.computing >= 2; },
      "at most one worker computes at any moment", "two or more workers were computing");
}

// Of all looks at a worker beside which another one lived, how many found it asleep.
struct Rest {
  std::uint64_t looks = 0;
  std::uint64_t asleep = 0;
};

Rest RestOf(const Observation& run) {
  const pid_t main = run.processes.at(0).pid;
  Rest rest;
  for (const auto& look : run.processor_use) {
    std::vector<observe::ThreadUse> workers;
    std::ranges::copy_if(look.threads, std::back_inserter(workers), [main](const observe::ThreadUse& thread) {
      return thread.process == 0 && thread.tid != main;
    });
    if (workers.size() < 2) continue;
    rest.looks += workers.size();
    rest.asleep += static_cast<std::uint64_t>(std::ranges::count_if(workers, &observe::ThreadUse::asleep));
  }
  return rest;
}

// Of five workers that go by turns four sleep. On a busy machine they take long to fall asleep, but they do.
LAB_CHECK_F(BiglockCheck, Biglock, WaitersSleep, .points = 5,
            .hint = "Let those who wait for the lock sleep in it, or on a condition variable, until they are woken.",
            .needs = {"Serial.CountsThePrimes"}, .title = "biglock: who waits for the lock sleeps") {
  const auto glimpses = LookAtWork();
  if (HasFailure() || glimpses.empty()) return;
  FailIfOften(
      glimpses, [](const Glimpse& glimpse) { return glimpse.polling >= 1; },
      "whoever has not got the lock sleeps until he is woken",
      "a worker slept for a fixed time, to look again afterwards");
  if (HasFailure()) return;
  constexpr std::uint64_t kEnoughLooks = 40;
  constexpr std::uint64_t kLeastPercent = 4;
  Rest rest;
  for (const auto& glimpse : glimpses) {
    const auto [looks, asleep] = RestOf(glimpse.run);
    rest.looks += looks;
    rest.asleep += asleep;
  }
  if (rest.looks < kEnoughLooks || rest.asleep * 100 >= rest.looks * kLeastPercent) return;
  Fail(glimpses.front().run, "whoever has not got the lock sleeps until it is his turn",
       {fmt::format("{} of the grader's {} looks at a worker found it asleep", rest.asleep, rest.looks),
        {"one of 5 workers computes, so 4 of 5 looks should"},
        {}});
}

LAB_CHECK_F(BiglockCheck, Biglock, HasAsManyThreadsAsAsked, .points = 4,
            .hint = "WORKERS threads compute; the main thread only waits for them.",
            .needs = {"Serial.CountsThePrimes"}, .title = "biglock: WORKERS threads, and no process") {
  const int few = Between(2, 30);  // numbers: not everybody can have one
  for (const auto& [count, limit] :
       {std::pair(1, Between(1000, 5000)), {Between(2, 9), Between(1000, 5000)}, {64, few}}) {
    const auto run = Run({"biglock", std::to_string(count), std::to_string(limit)});
    ASSERT_THAT(run, AllOf(ExitsCleanly(), HasProcesses(1)));
    // One more may be there to watch the clock.
    const auto made = static_cast<int>(run.processes.at(0).threads.size()) - 1;
    if (made == count || made == count + 1) continue;
    Fail(run, "it makes " + Count(static_cast<std::uint64_t>(count), "thread", "threads"),
         {fmt::format("it made {}", made), {}, {}});
    return;
  }
}

LAB_CHECK_F(
    BiglockCheck, Biglock, HandsTheLockOver, .points = 7,
    .hint =
        "unlock() and lock() at once: who gets it? The one you woke is still on his way. Let a ticket or a turn "
        "decide.",
    .needs = {"Serial.CountsThePrimes"}, .title = "biglock: the lock goes on after at most 10 ms") {
  constexpr auto kMost = 25ms;  // generously: a turn may end a little late
  const auto work = FindWork();
  if (!work || !IsEnough(*work)) return;
  const auto run = RunWhole("biglock", 3, *work);
  if (!run) return;
  const auto longest = FindLongestTurn(*run, 3);
  if (longest.computed <= kMost) return;
  const auto workers = Workers(*run, Kind::kThreads);
  const auto holder = std::ranges::find(workers, longest.tid, &Worker::tid);
  Fail(*run, "no worker computes for more than 10 ms while others wait",
       {fmt::format(
            "{} computed for {} of processor time without giving way to anybody",
            holder == workers.end() ? "a worker" : NameOf(workers, static_cast<std::size_t>(holder - workers.begin())),
            InWords(longest.computed)),
        {"another worker waited all the while"},
        {}});
}

// Who had hardly computed when the run had done half of that much work, though it has had several turns by then.
std::optional<Problem> FindStarved(const Observation& run, microseconds work) {
  const auto others = NoWorkers(run, 3);
  std::map<pid_t, microseconds> computed;  // so far, by all that were ever seen
  for (const auto& look : run.processor_use) {
    for (const auto& thread : look.threads) {
      if (thread.process == 0 && !Has(others, thread.tid)) computed[thread.tid] = thread.cpu_time;
    }
    microseconds sum{0};
    for (const auto& [tid, time] : computed) sum += time;
    if (sum * 2 < work) continue;
    for (const auto& thread : look.threads) {
      if (thread.process != 0 || Has(others, thread.tid) || thread.cpu_time * 20 >= sum) continue;
      Problem problem{fmt::format("when half of the work was done, thread {} had hardly computed", thread.tid), {}, {}};
      for (const auto& [tid, time] : computed) {
        problem.facts.push_back(fmt::format("thread {} had computed for {}", tid, InWords(time)));
      }
      return problem;
    }
    break;
  }
  const auto workers = Workers(run, Kind::kThreads).size();
  if (workers >= 3) return std::nullopt;
  return Problem{fmt::format("only {} there", Count(workers, "worker was", "workers were")), {}, {}};
}

LAB_CHECK_F(BiglockCheck, Biglock, GivesEveryWorkerItsTurn, .points = 5,
            .hint = "Let those who wait have the lock in turn, say by tickets.", .needs = {"Serial.CountsThePrimes"},
            .title = "biglock: every worker gets its turn") {
  const auto work = FindWork();
  if (!work || work->computing < 120ms) return;  // a few turns would be all there is to see
  // On a busy machine turns may pass without the processor: whoever gets none by the program gets none each time.
  constexpr int kRuns = 3;
  for (int i = 1; i <= kRuns; ++i) {
    const auto run = RunWhole("biglock", 3, *work);
    if (!run) return;
    const auto starved = FindStarved(*run, work->computing);
    if (!starved) return;
    if (i == kRuns) Fail(*run, "each of 3 workers computes from time to time", *starved);
  }
}

}  // namespace
}  // namespace grader::checks::lab11
