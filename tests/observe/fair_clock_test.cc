#include "grader/observe/fair_clock.h"

#include <gtest/gtest.h>

namespace grader::observe {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime kStart{1h};

TEST(Starved, IsWaitingWhileNobodyRuns) {
  EXPECT_EQ(Starved(10ms, {.received = 0ms, .waited = 0ms}), 0ms);    // all asleep
  EXPECT_EQ(Starved(10ms, {.received = 10ms, .waited = 0ms}), 0ms);   // computing
  EXPECT_EQ(Starved(10ms, {.received = 0ms, .waited = 10ms}), 10ms);  // ready, never put on a processor
  EXPECT_EQ(Starved(10ms, {.received = 5ms, .waited = 5ms}), 5ms);    // half a processor
  EXPECT_EQ(Starved(10ms, {.received = 10ms, .waited = 9ms}), 0ms);   // its own threads are in each other's way
  EXPECT_EQ(Starved(10ms, {.received = 30ms, .waited = 10ms}), 0ms);  // several processors
}

TEST(Starved, IsTheWaitingOfTasksThatTakeTurns) {
  Supply supply;  // each in turn runs for 1 ms and wakes the other, which waits 4 ms for a processor
  supply.Add(1ms, 4ms);
  supply.Add(1ms, 4ms);
  EXPECT_EQ(Starved(10ms, supply), 8ms);
}

TEST(FairClock, FollowsTimeThatIsSupplied) {
  FairClock clock(kStart);
  clock.Tick(kStart + 5ms, 5ms, {.received = 5ms});
  EXPECT_EQ(clock.Read(kStart + 5ms), 5ms);
  clock.Tick(kStart + 10ms, 5ms, {});
  EXPECT_EQ(clock.Read(kStart + 10ms), 10ms);
}

TEST(FairClock, StandsStillWhileTheRunStarves) {
  FairClock clock(kStart);
  for (int tick = 1; tick <= 1000; ++tick) clock.Tick(kStart + tick * 5ms, 5ms, {.waited = 5ms});
  EXPECT_LE(clock.Read(kStart + 5000ms), 5ms);
}

TEST(FairClock, CountsALateGraderForTwoTicksAtMost) {
  FairClock clock(kStart);
  clock.Tick(kStart + 3s, 5ms, {});
  EXPECT_EQ(clock.Read(kStart + 3s), 10ms);
}

TEST(FairClock, GoesOnBetweenTicksButNotFar) {
  FairClock clock(kStart);
  clock.Tick(kStart + 5ms, 5ms, {});
  EXPECT_EQ(clock.Read(kStart + 7ms), 7ms);
  EXPECT_EQ(clock.Read(kStart + 10s), 10ms);
}

TEST(FairClock, NeverGoesBack) {
  FairClock clock(kStart);
  const auto shown = clock.Read(kStart + 4ms);
  clock.Tick(kStart + 5ms, 5ms, {.waited = 5ms});
  EXPECT_EQ(clock.Read(kStart + 5ms), shown);
}

}  // namespace
}  // namespace grader::observe
