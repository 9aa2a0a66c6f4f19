#include "grader/checks/moments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace grader::checks {
namespace {

using observe::Intervention;
using ::testing::ElementsAre;

TEST(Spread, TakesEveryMomentOfAShortStretch) {
  EXPECT_THAT(Spread(0, 60), ElementsAre(0));
  EXPECT_THAT(Spread(3, 60), ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(Spread(3, 4), ElementsAre(0, 1, 2, 3));
}

TEST(Spread, KeepsBothEndsOfALongOne) {
  EXPECT_THAT(Spread(100, 5), ElementsAre(0, 25, 50, 75, 100));
  EXPECT_THAT(Spread(2'000'000'000, 3), ElementsAre(0, 1'000'000'000, 2'000'000'000));
}

observe::Stretch Measured(int length, std::vector<int> own_code) {
  observe::Stretch measured;
  measured.length = length;
  measured.own_code = std::move(own_code);
  return measured;
}

TEST(Choose, TakesEveryMomentOfAShortStretch) { EXPECT_THAT(Choose(Measured(3, {1}), 4), ElementsAre(0, 1, 2, 3)); }

TEST(Choose, TakesAllOfTheOwnCodeWhereItCan) {
  EXPECT_THAT(Choose(Measured(1000, {1, 501, 502, 503}), 8), ElementsAre(0, 1, 333, 501, 502, 503, 666, 1000));
}

TEST(Choose, SpreadsHalfOverOwnCodeThatIsLong) {
  EXPECT_THAT(Choose(Measured(1000, {10, 11, 12, 13, 14}), 6), ElementsAre(0, 10, 12, 14, 500, 1000));
}

TEST(Choose, PrefersWhereSharedMemoryIsTouched) {
  auto measured = Measured(1000, {10, 11, 12, 13, 14});
  measured.shared = {777, 801};
  EXPECT_THAT(Choose(measured, 6), ElementsAre(0, 10, 14, 777, 801, 1000));
  measured.shared = {1, 2, 3, 4, 5};
  EXPECT_THAT(Choose(measured, 4), ElementsAre(0, 1, 5, 10));
}

TEST(Choose, SpreadsAllOverAStretchOfCalls) {
  EXPECT_THAT(Choose(Measured(100, {}), 5), ElementsAre(0, 25, 50, 75, 100));
}

TEST(TitleOf, IsEmptyWhereTheCommandLineTells) { EXPECT_EQ(TitleOf("", {}), ""); }

TEST(TitleOf, TellsWhatTheGraderDoes) {
  observe::RunRequest request;
  request.command.argv = {"/box/driver", "put"};
  EXPECT_EQ(TitleOf("queue.put(x);", request), "queue.put(x);");
  request.schedule = observe::Schedule{.seed = 17};
  EXPECT_EQ(TitleOf("", request), "./driver put\n(schedule 17)");
  request.schedule.reset();
  request.interventions = {{"victim", Intervention::Unit::kCalls, 1, Intervention::Action::kKill}};
  EXPECT_EQ(TitleOf("queue.put(x);", request), "queue.put(x);\n(the process \"victim\" is killed after 1 system call)");
  request.interventions = {{"first", Intervention::Unit::kInstructions, 0, Intervention::Action::kHold}};
  EXPECT_EQ(TitleOf("lock.lock();", request),
            "lock.lock();\n(the process \"first\" is held, while the others go on, at its beginning)");
  request.interventions[0].after = Intervention::kNever;
  EXPECT_EQ(TitleOf("lock.lock();", request), "lock.lock();");
}

}  // namespace
}  // namespace grader::checks
