#include "grader/batch/pace.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/batch/temporary_folder.h"

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

class StrainTest : public ::testing::Test {
 protected:
  void Write(const char* name, const std::string& text) {
    std::filesystem::create_directories((proc_.path() / name).parent_path());
    std::ofstream(proc_.path() / name) << text;
  }

  double Read() { return LoadOf(ReadStrain(proc_.path(), 2)); }

  testing::TemporaryFolder proc_;
};

TEST_F(StrainTest, IsTheLoadWhereTheKernelTellsNoMore) {
  EXPECT_EQ(Read(), 0);
  Write("loadavg", "19.50 12.00 6.00 9/700 4711\n");
  EXPECT_EQ(Read(), 9.75);
  Write("pressure/cpu", "no such thing\n");
  EXPECT_EQ(Read(), 9.75);
}

TEST_F(StrainTest, ALoadThatWaitsForNoProcessorIsNone) {
  Write("loadavg", "20.00 12.00 6.00 9/700 4711\n");
  Write("pressure/cpu", "some avg10=19.99 avg60=80.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00\n");
  EXPECT_EQ(FairJobs(8, Read()), 8);
  Write("pressure/cpu", "some avg10=75.00 avg60=80.00 avg300=0.00 total=1\n");
  EXPECT_EQ(FairJobs(8, Read()), 3);
  Write("loadavg", "2.00 12.00 6.00 9/700 4711\n");
  EXPECT_EQ(FairJobs(8, Read()), 8);
}

TEST_F(StrainTest, OneAtATimeWhileTheMachineThrashes) {
  Write("loadavg", "2.00 1.00 1.00 2/700 4711\n");
  Write("pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total=0\n");
  Write("pressure/memory", "some avg10=60.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=9.90 avg60=0.00\n");
  EXPECT_EQ(FairJobs(8, Read()), 8);
  Write("pressure/memory", "some avg10=60.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=10.00 avg60=0.00\n");
  EXPECT_EQ(FairJobs(8, Read()), 1);
}

TEST(LoadOfThisMachine, IsANumberOfTasks) { EXPECT_GE(LoadOfThisMachine(), 0); }

}  // namespace
}  // namespace grader::batch
