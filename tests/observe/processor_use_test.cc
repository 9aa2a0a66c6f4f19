// Who computed when, and where everybody was when the caller stopped the run.
#include <sys/syscall.h>

#include <algorithm>
#include <map>
#include <optional>

#include "tests/observe/observed.h"

namespace grader::observe {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::microseconds;

enum class ProcessorUse { kKept, kNotKept };

std::unique_ptr<Run> StartThreeThreads(ProcessorUse use) {
  RunRequest request = Program("three_threads");
  request.keep_input_open = true;
  request.keep_processor_use = use == ProcessorUse::kKept;
  return Run::Start(TheSpawner(), request);
}

bool HasComputed(const Progress& now) { return now.cpu_time > std::chrono::milliseconds(100); }

TEST(ProcessorUseOfThreads, IsKeptForEachThread) {
  const auto run = StartThreeThreads(ProcessorUse::kKept);
  ASSERT_TRUE(run->WaitUntil(HasComputed));
  run->CloseInput();
  const Observation seen = run->Finish();
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_FALSE(seen.processor_use.empty());
  std::map<pid_t, microseconds> cpu_time;
  std::map<pid_t, bool> slept;
  for (const ProcessorSample& sample : seen.processor_use) {
    for (const ThreadUse& thread : sample.threads) {
      EXPECT_GE(thread.cpu_time, cpu_time[thread.tid]) << "processor time is never given back";
      cpu_time[thread.tid] = thread.cpu_time;
      slept[thread.tid] |= thread.asleep;
      EXPECT_TRUE(!thread.asleep || thread.sleeps > 0) << "whoever is asleep has gone to sleep";
    }
  }
  const auto& threads = seen.processes.at(0).threads;
  ASSERT_THAT(threads, SizeIs(4));
  for (const std::size_t computing : {1, 2}) {
    EXPECT_FALSE(slept[threads[computing].tid]);
    EXPECT_GT(threads[computing].cpu_time, microseconds(0));
    EXPECT_GE(threads[computing].cpu_time, cpu_time[threads[computing].tid]);
  }
  EXPECT_TRUE(slept[threads[0].tid]);
  EXPECT_TRUE(slept[threads[3].tid]);
  EXPECT_GT(threads[1].cpu_time + threads[2].cpu_time, threads[0].cpu_time + threads[3].cpu_time);
}

TEST(ProcessorUseOfThreads, TellsWhoComputedAtTheMomentOfTheStop) {
  const auto run = StartThreeThreads(ProcessorUse::kNotKept);
  ASSERT_TRUE(run->WaitUntil(HasComputed));
  run->StopAndTellPlaces();
  const Observation seen = run->Finish();
  const auto* const stopped = As<Stopped>(seen);
  ASSERT_NE(stopped, nullptr);
  const auto& threads = seen.processes.at(0).threads;
  ASSERT_THAT(threads, SizeIs(4));
  std::map<pid_t, std::optional<int>> calls;
  for (const TaskPlace& place : stopped->places) calls[place.tid] = place.call;
  ASSERT_THAT(calls, SizeIs(4));
  EXPECT_EQ(calls[threads[0].tid], SYS_futex) << "the main thread joins";
  EXPECT_EQ(calls[threads[1].tid], std::nullopt);
  EXPECT_EQ(calls[threads[2].tid], std::nullopt);
  EXPECT_EQ(calls[threads[3].tid], SYS_read);
}

TEST(ProcessorUseOfThreads, GoesOnWhileOneIsHeld) {
  const auto run = StartThreeThreads(ProcessorUse::kKept);
  ASSERT_TRUE(run->WaitUntil(HasComputed));
  const auto held = run->HoldFirst([](const ThreadUse& thread) { return !thread.asleep; });
  ASSERT_TRUE(held);
  ASSERT_THAT(held->then.threads, SizeIs(4));
  const auto then = [&](pid_t tid) { return std::ranges::find(held->then.threads, tid, &ThreadUse::tid)->cpu_time; };
  std::optional<microseconds> seen_first;
  ASSERT_TRUE(run->WaitUntil([&](const Progress& now) {
    if (!seen_first) seen_first = now.cpu_time;
    EXPECT_FALSE(now.others_asleep) << "the other one computes";
    return now.cpu_time > *seen_first + std::chrono::milliseconds(50);
  }));
  run->StopAndTellPlaces();
  const Observation seen = run->Finish();
  const auto* const stopped = As<Stopped>(seen);
  ASSERT_NE(stopped, nullptr);
  EXPECT_THAT(stopped->places, SizeIs(4));
  ASSERT_FALSE(seen.processor_use.empty());
  for (const ThreadUse& thread : seen.processor_use.back().threads) {
    EXPECT_TRUE(thread.tid != held->tid || thread.cpu_time == then(thread.tid)) << "it stays where it is";
  }
}

TEST(ProcessorUseOfThreads, WaitsForTheOneThatIsHeld) {
  const auto run = StartThreeThreads(ProcessorUse::kKept);
  ASSERT_TRUE(run->WaitUntil(HasComputed));
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(run->HoldFirst([](const ThreadUse& thread) { return !thread.asleep; }));
  EXPECT_TRUE(run->WaitUntil([](const Progress& now) { return now.others_asleep; }));
  EXPECT_FALSE(run->HoldFirst([](const ThreadUse&) { return false; }));
  run->Stop();
  EXPECT_NE(As<Stopped>(run->Finish()), nullptr) << "and nobody is deadlocked";
}

TEST(ProcessorUseOfThreads, IsLeftOutUnlessAskedFor) {
  const auto run = StartThreeThreads(ProcessorUse::kNotKept);
  ASSERT_TRUE(run->WaitUntil(HasComputed));
  run->CloseInput();
  const Observation seen = run->Finish();
  ASSERT_THAT(seen, ExitsWith(0));
  EXPECT_THAT(seen.processor_use, IsEmpty());
}

}  // namespace
}  // namespace grader::observe
