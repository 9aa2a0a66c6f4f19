#include "primes.h"

#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cctype>
#include <set>

namespace grader::checks::lab11 {
namespace {

constexpr int kMostLimit = 10'000'000;

bool SleepsForATime(int call) {
  static const std::set<int> kCalls = {SYS_nanosleep, SYS_clock_nanosleep, SYS_poll,       SYS_ppoll,
                                       SYS_select,    SYS_pselect6,        SYS_epoll_wait, SYS_epoll_pwait};
  return kCalls.contains(call);
}

// Whether it had computed for some time at the last look before. On a busy machine a thread can be on its first steps
// for long.
bool HasBegun(const Observation& run, const observe::TaskPlace& place) {
  constexpr auto kSomeTime = 1ms;
  if (run.processor_use.empty()) return false;
  return std::ranges::any_of(run.processor_use.back().threads, [&](const observe::ThreadUse& thread) {
    return thread.process == place.process && thread.tid == place.tid && thread.cpu_time >= kSomeTime;
  });
}

Glimpse GlimpseOf(Observation run, const observe::Stopped& stopped) {
  Glimpse glimpse;
  for (const auto& place : stopped.places) {
    const auto& process = run.processes.at(static_cast<std::size_t>(place.process));
    if (place.process == 0 && place.tid == process.pid) continue;  // the main thread
    if (!place.call && HasBegun(run, place)) ++glimpse.computing;
    if (place.call && SleepsForATime(*place.call)) ++glimpse.polling;
  }
  glimpse.run = std::move(run);
  return glimpse;
}

// Whether another worker ended after that, or computed for more than it takes to wake up and fall asleep again.
bool OthersWentOn(const observe::Held& held, const Observation& run) {
  constexpr auto kMoreThanALook = 300us;
  const auto& now = run.processor_use.back().threads;
  return std::ranges::any_of(held.then.threads, [&](const observe::ThreadUse& then) {
    const bool is_held = then.process == held.process && then.tid == held.tid;
    const bool is_main = then.process == 0 && then.tid == run.processes.at(0).pid;
    if (is_held || is_main) return false;
    const auto still = std::ranges::find_if(
        now, [&](const observe::ThreadUse& each) { return each.process == then.process && each.tid == then.tid; });
    return still == now.end() || still->cpu_time - then.cpu_time >= kMoreThanALook;
  });
}

// Whether it was stopped in the program's own code: neither in a system call, nor on the way into or out of a lock.
bool WasTesting(const observe::Held& held, const observe::Stopped& stopped, const Observation& run) {
  return std::ranges::any_of(stopped.places, [&](const observe::TaskPlace& place) {
    if (place.process != held.process || place.tid != held.tid || place.call || !HasBegun(run, place)) return false;
    if (place.process != 0) return true;
    return place.tid != run.processes.at(0).pid && !place.stack.empty() && !place.stack.front().file.empty();
  });
}

}  // namespace

int CountOfPrimes(int limit) {
  std::vector<bool> composite(static_cast<std::size_t>(limit) + 1, false);
  int count = 0;
  for (std::int64_t n = 2; n <= limit; ++n) {
    if (composite[static_cast<std::size_t>(n)]) continue;
    ++count;
    for (std::int64_t k = n * n; k <= limit; k += n) composite[static_cast<std::size_t>(k)] = true;
  }
  return count;
}

RunMatcher PrintsTheCount(int limit) { return PrintsLines({std::to_string(CountOfPrimes(limit))}); }

RunMatcher PrintsANumber() {
  return Judge("it prints one line, a number", [](const Observation& run) -> std::optional<Problem> {
    const auto& lines = run.lines;
    const bool is_number = lines.size() == 1 && !lines[0].line.empty() &&
                           std::ranges::all_of(lines[0].line, [](unsigned char c) { return std::isdigit(c) != 0; });
    if (is_number) return std::nullopt;
    return Problem{lines.empty() ? "it printed nothing" : "it printed something else", {}, {}};
  });
}

std::vector<Worker> Workers(const Observation& run, Kind kind) {
  std::vector<Worker> workers;
  if (kind == Kind::kThreads) {
    const auto& threads = run.processes.at(0).threads;
    for (std::size_t i = 1; i < threads.size(); ++i) workers.push_back({threads[i].tid, 0, threads[i].cpu_time});
    return workers;
  }
  for (const auto& process : run.processes) {
    if (process.parent == 0) workers.push_back({process.pid, process.index, process.activity.cpu_time});
  }
  return workers;
}

std::string NameOf(const std::vector<Worker>& workers, std::size_t index) {
  const auto& worker = workers.at(index);
  return fmt::format("worker {} ({} {})", index + 1, worker.process == 0 ? "thread" : "process", worker.tid);
}

std::optional<microseconds> PrimesCheck::SerialTime(int limit) {
  const auto run = Run({"serial", "1", std::to_string(limit)});
  EXPECT_THAT(run, AllOf(ExitsCleanly(), PrintsTheCount(limit)));
  if (HasFailure()) return std::nullopt;
  return run.processes.at(0).activity.cpu_time;
}

std::optional<Work> PrimesCheck::FindWork() {
  static std::optional<Work> found;  // of this submission: a grading has no other
  if (found) return found;
  constexpr auto kEnough = 200ms;
  const auto start_up = SerialTime(0);
  if (!start_up) return std::nullopt;
  for (int limit = 50'000;; limit = std::min(2 * limit, kMostLimit)) {
    const auto time = SerialTime(limit);
    if (!time) return std::nullopt;
    const Work work{limit, *start_up, std::max(*time - *start_up, microseconds(0))};
    if (work.computing < kEnough && limit < kMostLimit) continue;
    found = work;
    return found;
  }
}

std::optional<Observation> PrimesCheck::RunWhole(const std::string& mode, int workers, const Work& work) {
  auto run = Run({.args = {mode, std::to_string(workers), std::to_string(work.limit)}, .keep_processor_use = true});
  EXPECT_THAT(run, AllOf(ExitsCleanly(), PrintsTheCount(work.limit)));
  if (HasFailure()) return std::nullopt;
  return run;
}

std::vector<Glimpse> PrimesCheck::Look(const std::string& mode, int workers, const Work& work, int times) {
  std::vector<Glimpse> glimpses;
  for (int i = 0; i < times; ++i) {
    const auto until = work.start_up + work.computing * (20 + 30 * i / times) / 100;
    const auto run =
        Start({.args = {mode, std::to_string(workers), std::to_string(work.limit)}, .keep_processor_use = true});
    run->CloseInput();
    if (run->WaitUntil([&](const observe::Progress& now) { return now.cpu_time >= until; })) run->StopAndTellPlaces();
    auto seen = run->Finish();
    if (const auto* const stopped = std::get_if<observe::Stopped>(&seen.outcome)) {
      const auto copy = *stopped;
      glimpses.push_back(GlimpseOf(std::move(seen), copy));
      continue;
    }
    EXPECT_THAT(seen, ExitsCleanly());
    if (HasFailure()) return {};
  }
  return glimpses;
}

std::optional<Standstill> PrimesCheck::HoldOneWorkerAt(microseconds until, RunOptions options) {
  constexpr auto kEnough = 20ms;
  const auto run = Start(std::move(options));
  run->CloseInput();
  std::optional<observe::Held> held;
  if (run->WaitUntil([&](const observe::Progress& now) { return now.cpu_time >= until; })) {
    held = run->HoldFirst([](const observe::ThreadUse& thread) { return !thread.asleep && thread.cpu_time >= 1ms; });
  }
  if (held) {
    std::optional<microseconds> first;
    run->WaitUntil([&](const observe::Progress& now) {
      if (!first) first = now.cpu_time;
      return now.others_asleep || now.cpu_time - *first >= kEnough;
    });
    run->StopAndTellPlaces();
  }
  auto seen = run->Finish();
  const auto* const stopped = std::get_if<observe::Stopped>(&seen.outcome);
  if (stopped == nullptr) {
    EXPECT_THAT(seen, ExitsCleanly());
  }
  if (stopped == nullptr || !held || !WasTesting(*held, *stopped, seen)) return std::nullopt;
  const bool others_went_on = OthersWentOn(*held, seen);
  return Standstill{others_went_on, std::move(seen)};
}

std::vector<Standstill> PrimesCheck::HoldOneWorker(const std::string& mode, int workers, const Work& work, int times) {
  std::vector<Standstill> standstills;
  const int most_runs = 2 * times;
  for (int i = 0; i < most_runs && !HasFailure() && static_cast<int>(standstills.size()) < times; ++i) {
    const auto until = work.start_up + work.computing * (20 + 30 * i / most_runs) / 100;
    auto standstill = HoldOneWorkerAt(
        until, {.args = {mode, std::to_string(workers), std::to_string(work.limit)}, .keep_processor_use = true});
    if (standstill) standstills.push_back(std::move(*standstill));
  }
  return standstills;
}

int InHowMany(const std::vector<Glimpse>& glimpses, const std::function<bool(const Glimpse&)>& is_so) {
  return static_cast<int>(std::ranges::count_if(glimpses, is_so));
}

const Observation& FirstOf(const std::vector<Glimpse>& glimpses, const std::function<bool(const Glimpse&)>& is_so) {
  const auto found = std::ranges::find_if(glimpses, is_so);
  return found == glimpses.end() ? glimpses.at(0).run : found->run;
}

}  // namespace grader::checks::lab11
