// primes threads and primes processes: who works, and whether at once.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "primes.h"

namespace grader::checks::lab11 {
namespace {

constexpr int kGlimpses = 7;
constexpr int kHolds = 8;

std::string WordFor(Kind kind) { return kind == Kind::kThreads ? "thread" : "process"; }
std::string WordsFor(Kind kind) { return kind == Kind::kThreads ? "threads" : "processes"; }

RunMatcher MakesExactly(int workers, Kind kind) {
  const auto wanted = static_cast<std::size_t>(workers);
  return Judge(fmt::format("it makes {}", Count(wanted, WordFor(kind), WordsFor(kind))),
               [wanted, kind](const Observation& run) -> std::optional<Problem> {
                 const auto processes = run.processes.size() - 1;
                 if (kind == Kind::kThreads && processes != 0) {
                   return Problem{fmt::format("it made {}", Count(processes, "process", "processes")), {}, {}};
                 }
                 const auto made = kind == Kind::kThreads ? run.processes.at(0).threads.size() - 1 : processes;
                 if (made == wanted) return std::nullopt;
                 return Problem{
                     fmt::format("it made {}", made == 0 ? "none" : Count(made, WordFor(kind), WordsFor(kind))),
                     {"the main thread is none of the workers"},
                     {}};
               });
}

class ParallelCheck : public PrimesCheck {
 protected:
  void MakesAsManyAsAsked(const std::string& mode, Kind kind) {
    const int few = Between(2, 30);  // numbers: not everybody can have one
    for (const auto& [workers, limit] :
         {std::pair(1, Between(1000, 5000)), {Between(2, 9), Between(1000, 5000)}, {64, few}}) {
      const auto run = Run({mode, std::to_string(workers), std::to_string(limit)});
      ASSERT_THAT(run, MakesExactly(workers, kind));
    }
  }

  // Two workers are in the midst of computing at once if neither sleeps and neither is in a system call, whether or not
  // the machine has a processor for both: so this can be seen on a single one, too.
  void ComputesAtOnce(const std::string& mode) {
    const auto work = FindWork();
    if (!work || !IsEnough(*work)) return;
    const auto glimpses = Look(mode, 3, *work, kGlimpses);
    if (HasFailure()) return;
    if (glimpses.empty()) {
      Fail("the workers count",
           {"the program was over before it had done a fifth of what the serial one does", {}, {}});
      return;
    }
    const auto together = [](const Glimpse& glimpse) { return glimpse.computing >= 2; };
    const auto apart = [](const Glimpse& glimpse) { return glimpse.computing < 2; };
    const int seen = InHowMany(glimpses, together);
    if (3 * seen >= static_cast<int>(glimpses.size())) return;
    // A busy machine lets workers that often wait for each other compute one by one, though they need not.
    const auto held = HoldOneWorker(mode, 3, *work, kHolds);
    if (HasFailure()) return;
    const auto went_on = std::ranges::count_if(held, &Standstill::others_went_on);
    if (held.size() >= kHolds / 2 && 2 * static_cast<std::size_t>(went_on) >= held.size()) return;
    std::vector<std::string> facts = {"the others slept, had not been started, or had ended"};
    if (!held.empty()) {
      facts.push_back(
          fmt::format("{} one of them was stopped for good while it computed; in {} of these runs another one went on",
                      Count(held.size(), "time", "times"), went_on));
    }
    Fail(FirstOf(glimpses, apart), "at least two of 3 workers compute at the same time",
         {fmt::format(
              "it was stopped {} in the midst of its work, and {} two of them were computing",
              Count(glimpses.size(), "time", "times"),
              seen == 0 ? "never" : fmt::format("only {}", Count(static_cast<std::uint64_t>(seen), "time", "times"))),
          std::move(facts),
          {}});
  }

  void SharesTheWork(const std::string& mode, Kind kind);
  void LetsTheMainThreadWait(const std::string& mode, Kind kind);
  void LetsTheMainThreadSleep(const std::string& mode);
};

// The last look at a worker while it lived.
const observe::ProcessorSample* LastLookAt(const Observation& run, const Worker& worker) {
  const auto has_it = [&](const observe::ProcessorSample& sample) {
    return std::ranges::any_of(sample.threads, [&](const observe::ThreadUse& thread) {
      return thread.tid == worker.tid && thread.process == worker.process;
    });
  };
  const auto last = std::find_if(run.processor_use.rbegin(), run.processor_use.rend(), has_it);
  return last == run.processor_use.rend() ? nullptr : &*last;
}

// Who works to the end has done what he could, whatever the machine gave him; he who ended early should have been given
// more.
std::optional<Problem> FindIdler(const Observation& run, Kind kind) {
  constexpr int kLeastPercent = 35;
  constexpr int kToTheEndPercent = 85;
  const auto workers = Workers(run, kind);
  microseconds sum{0};
  for (const auto& worker : workers) sum += worker.cpu_time;
  const auto fair = sum / static_cast<int>(std::max<std::size_t>(workers.size(), 1));
  const auto end = run.processor_use.empty() ? microseconds(0) : run.processor_use.back().at.fair_time;
  std::vector<std::string> facts;
  std::optional<std::size_t> idler;
  for (std::size_t i = 0; i < workers.size(); ++i) {
    const auto* const last = LastLookAt(run, workers[i]);
    const bool to_the_end = last != nullptr && last->at.fair_time * 100 >= end * kToTheEndPercent;
    facts.push_back(fmt::format("{} computed for {}", NameOf(workers, i), InWords(workers[i].cpu_time)));
    if (!idler && workers[i].cpu_time * 100 < fair * kLeastPercent && !to_the_end) idler = i;
  }
  if (!idler) return std::nullopt;
  return Problem{
      fmt::format("{} did hardly anything, and ended while others still had much to do", NameOf(workers, *idler)),
      Bounded(std::move(facts)),
      {}};
}

void ParallelCheck::SharesTheWork(const std::string& mode, Kind kind) {
  const auto work = FindWork();
  if (!work || !IsEnough(*work)) return;
  constexpr int kAttempts = 3;  // a busy machine gives some workers more than others
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    const auto run = RunWhole(mode, 4, *work);
    if (!run) return;
    const auto problem = FindIdler(*run, kind);
    if (!problem) return;
    if (attempt == kAttempts) Fail(*run, "4 workers share the work fairly evenly", *problem);
  }
}

LAB_CHECK_F(ParallelCheck, Threads, AreAsManyAsAsked, .points = 4,
            .hint = "WORKERS threads, no more and no less; the main thread only waits for them.",
            .title = "threads: WORKERS threads, and no process") {
  MakesAsManyAsAsked("threads", Kind::kThreads);
}

LAB_CHECK_F(ParallelCheck, Threads, ComputeAtOnce, .points = 8,
            .hint = "Start all before you join the first, and hold no lock while you compute.",
            .needs = {"Serial.CountsThePrimes"}, .title = "threads: several compute at the same time") {
  if (IsPython()) return;  // whose interpreter has a big lock of its own
  ComputesAtOnce("threads");
}

LAB_CHECK_F(ParallelCheck, Threads, ShareTheWork, .points = 5,
            .hint =
                "Big numbers take longer than small ones, and even ones nearly nothing. Deal out blocks in turn, or "
                "let each worker fetch its next block.",
            .needs = {"Serial.CountsThePrimes"}, .title = "threads: each has a fair share of the work") {
  SharesTheWork("threads", Kind::kThreads);
}

RunMatcher DoesTheWorkOnce(const Work& work) {
  const auto most = work.start_up + 3 * work.computing + 100ms;
  return Judge("all workers together do about what the serial program does",
               [most, work](const Observation& run) -> std::optional<Problem> {
                 microseconds sum{0};
                 for (const auto& process : run.processes) sum += process.activity.cpu_time;
                 if (sum <= most) return std::nullopt;
                 return Problem{fmt::format("they computed for {}, the serial program for {}", InWords(sum),
                                            InWords(work.start_up + work.computing)),
                                {},
                                {}};
               });
}

LAB_CHECK_F(ParallelCheck, Threads, DoTheWorkOnce, .points = 3,
            .hint = "Each number is tested by one worker only, and who waits for something sleeps.",
            .needs = {"Serial.CountsThePrimes"}, .title = "threads: together they do what the serial program does") {
  const auto work = FindWork();
  if (!work) return;
  const auto run = RunWhole("threads", 8, *work);
  if (!run) return;
  EXPECT_THAT(*run, DoesTheWorkOnce(*work));
}

LAB_CHECK_F(ParallelCheck, Processes, AreAsManyAsAsked, .points = 4,
            .hint = "WORKERS children, no more and no less; the parent only waits for them.",
            .title = "processes: WORKERS processes") {
  MakesAsManyAsAsked("processes", Kind::kProcesses);
}

LAB_CHECK_F(ParallelCheck, Processes, ComputeAtOnce, .points = 8, .hint = "Start all before you wait for the first.",
            .needs = {"Serial.CountsThePrimes"}, .title = "processes: several compute at the same time") {
  ComputesAtOnce("processes");
}

LAB_CHECK_F(ParallelCheck, Processes, ShareTheWork, .points = 5,
            .hint = "Big numbers take longer than small ones, and even ones nearly nothing. Deal out blocks in turn.",
            .needs = {"Serial.CountsThePrimes"}, .title = "processes: each has a fair share of the work") {
  SharesTheWork("processes", Kind::kProcesses);
}

LAB_CHECK_F(ParallelCheck, Processes, DoTheWorkOnce, .points = 3,
            .hint = "Each number is tested by one worker only, and who waits for something sleeps.",
            .needs = {"Serial.CountsThePrimes"}, .title = "processes: together they do what the serial program does") {
  const auto work = FindWork();
  if (!work) return;
  const auto run = RunWhole("processes", 8, *work);
  if (!run) return;
  EXPECT_THAT(*run, DoesTheWorkOnce({work->limit, 9 * work->start_up, work->computing}));
}

LAB_CHECK_F(ParallelCheck, Processes, AreReaped, .points = 3, .hint = "waitpid for each child.",
            .title = "processes: the parent waits for each of its children") {
  const auto run = Run({"processes", std::to_string(Between(3, 9)), std::to_string(Between(1000, 5000))});
  ASSERT_THAT(run, AllOf(ExitsCleanly(), ReapsEveryChild(), LeavesNothingBehind()));
}

void ParallelCheck::LetsTheMainThreadWait(const std::string& mode, Kind kind) {
  const auto work = FindWork();
  if (!work || !IsEnough(*work)) return;
  const auto run = RunWhole(mode, 2, *work);
  if (!run) return;
  const auto& program = run->processes.at(0);
  const auto main = kind == Kind::kThreads ? program.threads.at(0).cpu_time : program.activity.cpu_time;
  const auto most = 2 * work->start_up + work->computing / 6 + 20ms;
  if (main <= most) return;
  Fail(*run, "the main thread only waits for the workers",
       {fmt::format("it computed for {}; the whole work takes {}", InWords(main), InWords(work->computing)), {}, {}});
}

// Of its calls only: a worker may ask for a lock with a time-out. So may a Python interpreter, for its own.
void ParallelCheck::LetsTheMainThreadSleep(const std::string& mode) {
  const auto work = FindWork();
  if (!work || !IsEnough(*work) || (IsPython() && mode == "threads")) return;
  auto run = Run({.args = {mode, "2", std::to_string(work->limit)}, .level = TraceLevel::kBlocking});
  const pid_t main = run.processes.at(0).pid;
  std::erase_if(run.calls, [&](const observe::Call& call) { return call.process != 0 || call.tid != main; });
  ASSERT_THAT(run, AllOf(ExitsCleanly(), WaitsWithoutPolling()));
}

LAB_CHECK_F(ParallelCheck, Rules, TheMainThreadOnlyWaits, .points = 3,
            .hint =
                "join and waitpid sleep until a worker has ended; a loop that looks burns a processor, and one that "
                "sleeps between its looks comes late.",
            .needs = {"Serial.CountsThePrimes"}, .title = "the main thread only waits") {
  LetsTheMainThreadWait("threads", Kind::kThreads);
  if (!HasFailure()) LetsTheMainThreadWait("processes", Kind::kProcesses);
  if (!HasFailure()) LetsTheMainThreadWait("biglock", Kind::kThreads);
  if (!HasFailure()) LetsTheMainThreadSleep("threads");
  if (!HasFailure()) LetsTheMainThreadSleep("processes");
}

}  // namespace
}  // namespace grader::checks::lab11
