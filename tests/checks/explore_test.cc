// Explore() and ExploreUntil(), with the real scheduler.
#include "grader/checks/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/checks/assignment.h"
#include "tests/checks/execution.h"

namespace grader::checks {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

// Counts to argv[1] with so many threads, or prints which of two threads is first.
constexpr const char* kProgram = R"(#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

std::mutex mutex;
int counter = 0;
const char* first = nullptr;

void Count() {
  LOCK
  counter++;
}

void Come(const char* name) {
  std::lock_guard lock(mutex);
  if (first == nullptr) first = name;
}

int main(int, char** argv) {
  std::vector<std::thread> threads;
  if (argv[1] == std::string("order")) {
    threads.emplace_back(Come, "first");
    threads.emplace_back(Come, "second");
  } else {
    for (int i = std::atoi(argv[1]); i > 0; --i) threads.emplace_back(Count);
  }
  for (auto& thread : threads) thread.join();
  std::puts(first != nullptr ? first : std::to_string(counter).c_str());
}
)";

class ExploreTest : public ::testing::Test {
 protected:
  CheckResult Grade(const std::string& check, const std::string& lock, const std::string& replay = {}) {
    std::string program = kProgram;
    program.replace(program.find("LOCK"), 4, lock);
    folder_.Write("submission/count.cpp", program);
    Assignment assignment;
    assignment.lab = "lab00-count";
    assignment.submission = folder_.path() / "submission";
    assignment.lab_folder = folder_.path();
    assignment.cache = folder_.path() / "cache";
    assignment.programs = {{.name = "count", .sources = {"count.cpp"}, .runtime = SCHEDULE_RUNTIME}};
    assignment.only = {check};
    assignment.replay = replay;
    const auto execution = testing::Execute(folder_, EXPLORE_FIXTURE, ToJson(assignment));
    EXPECT_EQ(execution.err, "");
    return execution.Result(check);
  }

  static constexpr const char* kRight = "std::lock_guard lock(mutex);";
  static constexpr const char* kWrong = "";

 private:
  testing::TemporaryFolder folder_;
};

TEST_F(ExploreTest, PassesWithItsBound) {
  const auto result = Grade("Counter.CountsBoth", kRight);
  ASSERT_EQ(result.status, CheckStatus::kPassed) << result.reason;
  EXPECT_THAT(result.bound,
              MatchesRegex("(verified: all [0-9,]+ interleavings.*|no failure in [0-9,]+ schedules: .*)"));
  EXPECT_EQ(result.replay, "");
}

TEST_F(ExploreTest, FailsByAFindingWithTokenAndSteps) {
  const auto result = Grade("Counter.CountsBoth", kWrong);
  ASSERT_EQ(result.status, CheckStatus::kFailed) << result.reason;
  ASSERT_EQ(result.failures.size(), 1u);
  const auto& failure = result.failures.front();
  EXPECT_EQ(failure.expected, "it is right in every order in which its threads may run");
  EXPECT_EQ(failure.run, "two threads count");
  EXPECT_THAT(failure.happened, StartsWith("a data race on counter: "));
  EXPECT_EQ(failure.location, "count.cpp:14");
  EXPECT_THAT(failure.facts, Contains("seen in schedule 1"));
  EXPECT_THAT(failure.hint, HasSubstr("std::atomic"));
  EXPECT_THAT(result.replay, StartsWith("1/1.fair.0.3.0."));
  EXPECT_THAT(result.steps, HasSubstr("count.cpp:14 writes counter"));
  EXPECT_EQ(result.bound, "");
}

TEST_F(ExploreTest, ReplaysTheScheduleOfAFailure) {
  const auto first = Grade("Counter.CountsBoth", kWrong);
  const auto again = Grade("Counter.CountsBoth", kWrong, first.replay);
  ASSERT_EQ(again.status, CheckStatus::kFailed) << again.reason;
  EXPECT_EQ(again.replay, first.replay);
  EXPECT_EQ(again.steps, first.steps);
  EXPECT_EQ(again.failures.front().happened, first.failures.front().happened);
}

TEST_F(ExploreTest, PassesWhenTheBugOfATokenIsMended) {
  const auto first = Grade("Counter.CountsBoth", kWrong);
  EXPECT_EQ(Grade("Counter.CountsBoth", kRight, first.replay).status, CheckStatus::kPassed);
}

TEST_F(ExploreTest, SkipsATokenOfAnotherSearch) {
  const auto first = Grade("Counter.CountsBoth", kWrong);
  const auto other = Grade("Counter.CountsBoth", kWrong, "2" + first.replay.substr(1));
  EXPECT_EQ(other.status, CheckStatus::kSkipped);
}

TEST_F(ExploreTest, RefusesATokenThatIsCutOff) {
  const auto result = Grade("Counter.CountsBoth", kRight, "1/1.surw.0");
  EXPECT_EQ(result.status, CheckStatus::kFault);
  EXPECT_THAT(result.reason, HasSubstr("copy it again"));
}

TEST_F(ExploreTest, WantsStatusZeroWithoutAJudge) {
  EXPECT_EQ(Grade("Counter.EndsWell", kRight).status, CheckStatus::kPassed);
  const auto result = Grade("Counter.EndsWell", "std::_Exit(3);");
  ASSERT_EQ(result.status, CheckStatus::kFailed) << result.reason;
  EXPECT_EQ(result.failures.front().happened, "it ended with status 3");
}

TEST_F(ExploreTest, FindsTheScheduleThatShowsWhatMustBePossible) {
  const auto result = Grade("Counter.CanStartInAnyOrder", kRight);
  ASSERT_EQ(result.status, CheckStatus::kPassed) << result.reason;
  EXPECT_THAT(result.bound, MatchesRegex("shown by schedule [0-9]+"));
}

TEST_F(ExploreTest, FailsIfNoScheduleShowsIt) {
  const auto result = Grade("Counter.IsAskedForTheImpossible", kRight);
  ASSERT_EQ(result.status, CheckStatus::kFailed) << result.reason;
  EXPECT_EQ(result.failures.front().expected, "a third thread is first");
  EXPECT_THAT(result.failures.front().happened, MatchesRegex("it was so in none of [0-9]+ schedules"));
}

}  // namespace
}  // namespace grader::checks
