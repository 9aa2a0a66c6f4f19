#include "grader/report/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/report/hostile.h"
#include "tests/report/json_schema.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

json Schema() { return json::parse(std::ifstream(REPORT_TEST_FOLDER "/../../docs/report.schema.json")); }

// The same schema, where every object refuses members it does not name: what readers must bear, writers must not do.
json Closed(json schema) {
  if (schema.is_object() && schema.contains("properties")) {
    schema["additionalProperties"] = false;
  }
  if (schema.is_structured()) {
    for (json& part : schema) {
      part = Closed(part);
    }
  }
  return schema;
}

TEST(Json, ValidatesAgainstItsSchema) {
  const json schema = Closed(Schema());
  for (const Grading& grading : {AllPassed(), ZombieFailure(), CompileError(), UntouchedSkeleton(), GraderFault(),
                                 OnlyOneAsked(), WithPictures(), Grading{}}) {
    EXPECT_THAT(Violations(json::parse(JsonText(grading)), schema), IsEmpty());
  }
}

TEST(Json, SchemaRequiresEveryMember) {
  const json schema = Schema();
  const json good = json::parse(JsonText(ZombieFailure()));
  for (const auto& [name, member] : good.items()) {
    json without = good;
    without.erase(name);
    EXPECT_THAT(Violations(without, schema), Not(IsEmpty())) << name;
  }
  json bad = good;
  bad["checks"][0]["verdict"] = "great";
  EXPECT_THAT(Violations(bad, schema), testing::ElementsAre(HasSubstr("/checks/0/verdict")));
}

TEST(Json, ValidatesWhateverASubmissionPrints) {
  const json schema = Schema();
  for (const auto& [name, bytes] : HostileTexts()) {
    const std::string text = JsonText(FilledWith(bytes));
    EXPECT_THAT(Violations(json::parse(text), schema), IsEmpty()) << name;
    EXPECT_LT(text.size(), std::size_t{8} << 20) << name;
  }
}

TEST(Json, KeepsValidTextAsItIs) {
  const std::string bytes = "a\x1b\n\t\u20ac\U0001F600";
  EXPECT_EQ(json::parse(JsonText(FilledWith(bytes)))["checks"][0]["output"], bytes);
}

TEST(Json, SaysWhatTheOthersSay) {
  const json report = json::parse(JsonText(ZombieFailure()));
  EXPECT_EQ(report["version"], 1);
  EXPECT_EQ(report["verdict"], "not_full_marks");
  EXPECT_EQ(report["points"], 28);
  EXPECT_EQ(report["max_points"], 40);
  EXPECT_EQ(report["seed"], "4711");
  EXPECT_EQ(report["started"], "2026-11-23T16:13:26.123Z");
  EXPECT_EQ(report["counts"]["failed"], 1);
  EXPECT_EQ(report["checks"][4]["id"], "Nohang.LeavesNoZombieInABurst");
  EXPECT_EQ(report["checks"][4]["failures"][0]["location"], "reap.cpp:31");
  EXPECT_THAT(report["checks"][4]["replay"], HasSubstr("--only Nohang.LeavesNoZombieInABurst --seed 4711"));
}

TEST(Json, ReplaysTheVeryAttemptThatFailed) {
  Grading grading = ZombieFailure();
  grading.checks.at(4).result.attempt = 17;
  const json report = json::parse(JsonText(grading));
  EXPECT_THAT(report["checks"][4]["replay"], testing::EndsWith("--seed 4711 --attempt 17"));
}

TEST(Json, NamesEachVerdict) {
  EXPECT_EQ(json::parse(JsonText(AllPassed()))["verdict"], "full_marks");
  EXPECT_EQ(json::parse(JsonText(GraderFault()))["verdict"], "fault");
  std::vector<std::string> verdicts;
  const json report = json::parse(JsonText(FilledWith("x")));
  for (const json& check : report["checks"]) {
    verdicts.push_back(check["verdict"]);
  }
  EXPECT_THAT(verdicts, testing::ElementsAre("passed", "failed", "skipped", "fault", "left_out"));
}

TEST(Json, ASeedKeepsAllItsBits) {
  Grading grading = AllPassed();
  grading.seed = ~std::uint64_t{0};
  EXPECT_EQ(json::parse(JsonText(grading))["seed"], "18446744073709551615");
}

TEST(Json, HiddenChecksStayHidden) {
  EXPECT_THAT(JsonText(UntouchedSkeleton()), Not(HasSubstr("Storm")));
  EXPECT_THAT(JsonText(UntouchedSkeleton(), Audience::kInstructor), HasSubstr("SurvivesAStorm"));
}

}  // namespace
}  // namespace grader::report
