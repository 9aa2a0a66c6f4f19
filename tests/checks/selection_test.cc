#include "grader/checks/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/checks/errors.h"
#include "grader/checks/lab_check.h"

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

RegisteredCheck Check(const std::string& id, std::vector<std::string> needs = {}) {
  RegisteredCheck check;
  check.info.id = id;
  check.info.needs = std::move(needs);
  return check;
}

std::vector<RegisteredCheck> Five() {
  return {Check("Reap.A"), Check("Reap.B", {"Reap.A"}), Check("Quiz.x"), Check("Orphan.A"),
          Check("Orphan.C", {"Reap.B"})};
}

std::vector<std::string> Ids(const std::vector<RegisteredCheck>& checks) {
  std::vector<std::string> ids;
  for (const auto& check : checks) ids.push_back(check.info.id);
  return ids;
}

TEST(Select, TakesAllWithoutAPattern) { EXPECT_EQ(Select(Five(), {}).size(), 5u); }

TEST(Select, KnowsIdsSuitesNamesAndFilters) {
  EXPECT_THAT(Ids(Select(Five(), {"Reap.B"})), ElementsAre("Reap.B"));
  EXPECT_THAT(Ids(Select(Five(), {"Orphan"})), ElementsAre("Orphan.A", "Orphan.C"));
  EXPECT_THAT(Ids(Select(Five(), {"A"})), ElementsAre("Reap.A", "Orphan.A"));
  EXPECT_THAT(Ids(Select(Five(), {"*.A:Quiz.?"})), ElementsAre("Reap.A", "Quiz.x", "Orphan.A"));
  EXPECT_THAT(Ids(Select(Five(), {"-Quiz.*"})), ElementsAre("Reap.A", "Reap.B", "Orphan.A", "Orphan.C"));
  EXPECT_THAT(Ids(Select(Five(), {"Reap.*-*.B"})), ElementsAre("Reap.A"));
}

TEST(Select, KeepsTheOrderAndTakesEachOnce) {
  EXPECT_THAT(Ids(Select(Five(), {"Quiz.x", "Reap.A", "Reap"})), ElementsAre("Reap.A", "Reap.B", "Quiz.x"));
}

TEST(Select, RefusesAPatternThatNamesNothing) {
  EXPECT_THAT([] { Select(Five(), {"Reap.A", "Rape"}); }, ThrowsMessage<UsageError>(HasSubstr("no check Rape")));
}

TEST(SelectShard, KeepsTogetherWhatNeedsEachOther) {
  EXPECT_THAT(Ids(SelectShard(Five(), {1, 2})), ElementsAre("Reap.A", "Reap.B", "Orphan.A", "Orphan.C"));
  EXPECT_THAT(Ids(SelectShard(Five(), {2, 2})), ElementsAre("Quiz.x"));
}

TEST(SelectShard, JoinsGroupsThatALaterCheckTiesTogether) {
  const std::vector<RegisteredCheck> checks = {Check("A.a"), Check("A.b"), Check("A.c", {"A.a", "A.b"})};
  EXPECT_EQ(SelectShard(checks, {1, 2}).size(), 3u);
  EXPECT_THAT(SelectShard(checks, {2, 2}), IsEmpty());
}

TEST(SelectShard, GivesEachCheckToExactlyOnePart) {
  std::vector<std::string> ids;
  for (int i = 1; i <= 3; ++i) {
    for (const auto& id : Ids(SelectShard(Five(), {i, 3}))) ids.push_back(id);
  }
  EXPECT_THAT(ids, ::testing::UnorderedElementsAreArray(Ids(Five())));
}

}  // namespace
}  // namespace grader::checks
