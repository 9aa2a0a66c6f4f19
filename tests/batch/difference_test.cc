#include "grader/batch/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/report/grading.h"
#include "tests/batch/temporary_folder.h"

namespace grader::batch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A grading of two checks of 5 points, as it is stored.
StoredResult Graded(bool one, bool two) {
  report::Grading grading;
  for (const auto& [id, passed] : {std::pair("A.One", one), std::pair("A.Two", two)}) {
    report::GradedCheck check{.info = {.id = id, .title = id, .points = 5},
                              .verdict = passed ? report::Verdict::kPassed : report::Verdict::kFailed,
                              .result = {.id = id, .points = passed ? 5.0 : 0.0}};
    if (!passed) check.result.failures.push_back({.expected = "a cat", .happened = "a dog\ncame"});
    grading.checks.push_back(check);
  }
  return ResultOf(grading, 1);
}

TEST(ChangeOf, TellsTheDirection) {
  EXPECT_EQ(ChangeOf(Graded(true, false), Graded(true, true)).direction, Direction::kUp);
  EXPECT_EQ(ChangeOf(Graded(true, true), Graded(false, true)).direction, Direction::kDown);
  EXPECT_EQ(ChangeOf(Graded(true, false), Graded(false, true)).direction, Direction::kFlipped);
  EXPECT_EQ(ChangeOf(Graded(true, false), Graded(true, false)).direction, Direction::kSame);
  EXPECT_EQ(ChangeOf(std::nullopt, Graded(true, false)).direction, Direction::kFirst);
  StoredResult fault;
  fault.fault = true;
  EXPECT_EQ(ChangeOf(fault, Graded(true, false)).direction, Direction::kFirst);
}

TEST(ChangeOf, NamesTheChecksWithOldAndNewText) {
  const Change change = ChangeOf(Graded(true, false), Graded(false, true));
  ASSERT_EQ(change.checks.size(), 2u);
  EXPECT_EQ(change.checks[0].id, "A.One");
  EXPECT_EQ(change.checks[0].before.verdict, "passed");
  EXPECT_EQ(change.checks[0].after.verdict, "failed");
  EXPECT_EQ(change.checks[0].after.why, "expected a cat, but a dog came");
  EXPECT_EQ(change.checks[1].before.why, "expected a cat, but a dog came");
  EXPECT_EQ(change.checks[1].after.why, "");
}

TEST(ChangeOf, BearsAResultWithoutAReport) {
  const Change change = ChangeOf(StoredResult{.points = 3, .total = 10}, Graded(true, true));
  EXPECT_EQ(change.direction, Direction::kUp);
  EXPECT_EQ(change.checks[0].before.verdict, "absent");
}

class RegradesTest : public ::testing::Test {
 protected:
  RegradesTest() {
    std::vector<Entry> entries;
    for (const auto& [student, fingerprint] :
         {std::pair("ann", "f1"), std::pair("ben", "f2"), std::pair("cid", "f1")}) {
      entries.push_back(
          {.hand_in = {.student = student, .source = student}, .folder = "x", .fingerprint = fingerprint});
    }
    store_.Keep(entries, {});
    store_.Keep({"f1", "v1"}, Graded(true, true));
    store_.Keep({"f2", "v1"}, Graded(true, false));
  }

  double PointsOf(const std::string& fingerprint) const { return store_.Current(fingerprint).value().points; }

  testing::TemporaryFolder folder_;
  Store store_{folder_.path(), "lab02-reap"};
  Regrades regrades_{store_};
};

TEST_F(RegradesTest, AreAppliedAsAWholeAndRememberWhatWas) {
  const Regrade regrade = regrades_.Begin({.version = "v2", .seed = 7});
  regrades_.Keep(regrade, {1, "f1"}, Graded(false, true));
  regrades_.Keep(regrade, {1, "f2"}, Graded(true, false));
  EXPECT_EQ(PointsOf("f1"), 10);
  regrades_.Apply(regrade);
  EXPECT_EQ(PointsOf("f1"), 5);
  const auto applied = regrades_.Last().value();
  EXPECT_EQ(applied.state, RegradeState::kApplied);
  EXPECT_TRUE(applied.closed);
  const auto difference = DifferenceOf(store_, applied);
  ASSERT_EQ(difference.changes.size(), 2u);
  EXPECT_THAT(difference.changes[0].students, ElementsAre("ann", "cid"));
  EXPECT_EQ(difference.changes[0].before, 10);
  EXPECT_EQ(difference.changes[0].after, 5);
  EXPECT_EQ(difference.CountOf(Direction::kSame), 1);
  EXPECT_EQ(store_.GradedBy("f1"), "v2");
}

TEST_F(RegradesTest, OfTheSameVersionRememberWhatWas) {
  const Regrade regrade = regrades_.Begin({.version = "v1", .seed = 8});
  regrades_.Keep(regrade, {1, "f1"}, Graded(false, false));
  regrades_.Apply(regrade);
  EXPECT_EQ(PointsOf("f1"), 0);
  EXPECT_EQ(regrades_.Rounds(regrade, "f1").at(0).points, 10);
  EXPECT_EQ(PointsOf("f2"), 5) << "what was not regraded stays";
}

TEST_F(RegradesTest, ChangeNothingWhenDiscarded) {
  const Regrade regrade = regrades_.Begin({.version = "v2"});
  regrades_.Keep(regrade, {1, "f1"}, Graded(false, false));
  regrades_.Discard(regrade);
  EXPECT_EQ(PointsOf("f1"), 10);
  EXPECT_FALSE(regrades_.Last().value().IsOpen());
}

TEST_F(RegradesTest, CountFaultsAsNotDone) {
  const Regrade regrade = regrades_.Begin({.version = "v2", .rounds = 2, .only = {"a*", "b"}});
  EXPECT_THAT(regrades_.Find(regrade.id).value().plan.only, ElementsAre("a*", "b"));
  StoredResult fault;
  fault.fault = true;
  regrades_.Keep(regrade, {1, "f1"}, fault);
  EXPECT_THAT(regrades_.Done(regrade), IsEmpty());
  regrades_.Keep(regrade, {1, "f1"}, Graded(true, true));
  EXPECT_THAT(regrades_.Done(regrade), ElementsAre(RegradedKey{1, "f1"}));
}

TEST_F(RegradesTest, KeepEntriesAndRosterForLater) {
  const Roster roster = Roster::Parse("id,name,extension\nzed,Zed,2d\n", "r.csv");
  auto entries = store_.Entries();
  entries[0].lateness = Lateness{.days = 2, .kept = 0.8};
  entries[0].hand_in.handed_in = std::chrono::sys_seconds(std::chrono::seconds(1'000'000));
  entries[1].hand_in.problem = "it is damaged";
  store_.Keep(entries, roster);
  const auto kept = store_.Entries();
  ASSERT_EQ(kept.size(), 3u);
  EXPECT_EQ(kept[0].lateness.value().kept, 0.8);
  EXPECT_EQ(kept[0].hand_in.handed_in, entries[0].hand_in.handed_in);
  EXPECT_FALSE(kept[1].lateness);
  EXPECT_EQ(kept[1].hand_in.problem, "it is damaged");
  EXPECT_TRUE(kept[1].hand_in.source.is_absolute());
  EXPECT_EQ(store_.KeptRoster().Find("zed")->extension, std::chrono::hours(48));
}

}  // namespace
}  // namespace grader::batch
