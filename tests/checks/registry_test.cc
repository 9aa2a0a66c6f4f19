#include "grader/checks/registry.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/checks/errors.h"
#include "grader/checks/lab_check.h"

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

RegisteredCheck Check(const std::string& id, std::vector<std::string> needs = {}) {
  RegisteredCheck check;
  check.info.id = id;
  check.info.needs = std::move(needs);
  check.info.file = "labs/x/checks/y.cc";
  check.info.line = 7;
  return check;
}

std::vector<std::string> Ordered(const std::vector<RegisteredCheck>& checks) {
  std::vector<std::string> ids;
  for (const auto& check : InOrderOfNeeds(checks)) ids.push_back(check.info.id);
  return ids;
}

TEST(InOrderOfNeeds, KeepsTheOrderOfChecksThatNeedNothing) {
  EXPECT_THAT(Ordered({Check("b"), Check("a"), Check("c")}), ElementsAre("b", "a", "c"));
}

TEST(InOrderOfNeeds, PutsACheckBehindWhatItNeedsInALaterFile) {
  EXPECT_THAT(Ordered({Check("b", {"d"}), Check("a"), Check("d", {"c"}), Check("c")}), ElementsAre("c", "d", "b", "a"));
}

TEST(InOrderOfNeeds, RefusesWhatCannotBeOrdered) {
  EXPECT_THAT(
      [] {
        Ordered({Check("a", {"b"}), Check("b", {"a"})});
      },
      ThrowsMessage<UsageError>(HasSubstr("labs/x/checks/y.cc:7: check a needs itself")));
  EXPECT_THAT([] { Ordered({Check("a", {"b"})}); },
              ThrowsMessage<UsageError>(HasSubstr("check a needs b, which does not exist")));
  EXPECT_THAT(
      [] {
        Ordered({Check("a"), Check("a")});
      },
      ThrowsMessage<UsageError>(HasSubstr("check a is there twice")));
}

}  // namespace
}  // namespace grader::checks
