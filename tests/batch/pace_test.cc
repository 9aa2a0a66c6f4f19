#include "grader/batch/pace.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace grader::batch {
namespace {

TEST(FairJobs, AreAllUntilTheMachineIsOverloaded) {
  EXPECT_EQ(FairJobs(8, 0), 8);
  EXPECT_EQ(FairJobs(8, 4), 8);
  EXPECT_EQ(FairJobs(8, 8), 4);
  EXPECT_EQ(FairJobs(8, 1000), 1);
  EXPECT_EQ(FairJobs(1, 1000), 1);
}

TEST(Pace, FollowsTheLoad) {
  double load = 0;
  Pace pace(4, [&] { return load; });
  EXPECT_EQ(pace.Allowed(), 4);
  load = 8;
  { const auto turn = pace.Take(); }
  EXPECT_EQ(pace.Allowed(), 2);
  {
    const auto turn = pace.Take();
    load = 0;
  }
  EXPECT_EQ(pace.Allowed(), 4);
}

// Whatever the order in which threads come, no more run than is fair, and all come to an end.
TEST(Pace, NeverLetsMoreRunThanIsFair) {
  Pace pace(8, [] { return 16.0; });  // 2 of 8
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 100; ++turn) {
        const auto mine = pace.Take();
        const int now = ++running;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {
        }
        --running;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_LE(most, 2);
  EXPECT_GE(most, 1);
}

TEST(LoadOfThisMachine, IsANumberOfTasks) {
  EXPECT_GE(LoadOfThisMachine(), 0);
  EXPECT_LT(LoadOfThisMachine(), 100'000);
}

}  // namespace
}  // namespace grader::batch
