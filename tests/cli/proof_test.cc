#include "grader/cli/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

report::Grading Graded(const std::vector<checks::Event>& events) {
  report::GradingBuilder builder({});
  builder.Add(StartedEvent());
  for (const checks::Event& event : events) builder.Add(event);
  builder.Add(checks::Finished{});
  return std::move(builder).Finish(std::chrono::milliseconds(1));
}

report::Grading AllPass() { return Graded({Passed("A.One", 4), Passed("A.Two", 6)}); }
report::Grading TwoFails() { return Graded({Passed("A.One", 4), Failed("A.Two")}); }

ProofCase Expecting(Expectation expectation) { return {"case", "", {}, expectation}; }

ProofCase Failing(std::vector<std::string> fails, std::vector<std::string> may_fail = {}) {
  ProofCase one = Expecting(Expectation::kNamedFailures);
  one.variant.fails = std::move(fails);
  one.variant.may_fail = std::move(may_fail);
  return one;
}

TEST(Proof, OfFullMarks) {
  EXPECT_THAT(Violations(Expecting(Expectation::kFullMarks), AllPass()), IsEmpty());
  EXPECT_THAT(Violations(Expecting(Expectation::kFullMarks), TwoFails()),
              ElementsAre("A.Two must pass, but failed: expected a cat, but a dog came (run: reap cat)"));
}

TEST(Proof, OfASkeleton) {
  EXPECT_THAT(Violations(Expecting(Expectation::kNotFullMarks), TwoFails()), IsEmpty());
  EXPECT_THAT(Violations(Expecting(Expectation::kNotFullMarks), AllPass()),
              ElementsAre("must not get full marks, but does"));
}

TEST(Proof, OfABugThatIsFound) { EXPECT_THAT(Violations(Failing({"A.Two"}), TwoFails()), IsEmpty()); }

TEST(Proof, OfABugThatIsNotFound) {
  EXPECT_THAT(Violations(Failing({"A.Two"}), AllPass()), ElementsAre("A.Two must fail, but passed"));
}

TEST(Proof, OfAFalseAccusation) {
  EXPECT_THAT(Violations(Failing({"A.One"}), Graded({Failed("A.One"), Failed("A.Two")})),
              ElementsAre(HasSubstr("A.Two is not named in expect.toml, but failed: expected a cat")));
}

TEST(Proof, LetsABugFailMoreWhereItMay) {
  EXPECT_THAT(Violations(Failing({"A.One"}, {"A.Two"}), Graded({Failed("A.One"), Failed("A.Two")})), IsEmpty());
  EXPECT_THAT(Violations(Failing({"A.One"}, {"A.Two"}), Graded({Failed("A.One"), Passed("A.Two", 6)})), IsEmpty());
}

ProofCase Named(ProofCase one, std::string name) {
  one.name = std::move(name);
  return one;
}

TEST(Proof, OfEachCheckOnceTakesWhatShowsMost) {
  std::vector<std::string> names;
  for (const ProofCase& one : OncePerCheck(
           {Named(Expecting(Expectation::kFullMarks), "right/python"), Named(Failing({"A.One"}), "wrong/ape"),
            Named(Failing({"A.Three", "A.Two"}), "wrong/bee"),
            Named(Failing({"A.One", "A.Two", "A.Four"}), "wrong/cow"), Named(Failing({"A.Three"}), "wrong/dog")})) {
    names.push_back(one.name);
  }
  EXPECT_THAT(names, ElementsAre("right/python", "wrong/bee", "wrong/cow"));
}

TEST(Proof, FindsNamesOfNoCheck) {
  EXPECT_THAT(Violations(Failing({"A.Two", "A.Tow"}), TwoFails()),
              ElementsAre("expect.toml names A.Tow, which is no check of the lab; did you mean 'A.Two'?"));
}

TEST(Proof, SkippingIsNotFailing) {
  checks::CheckResult skipped{.id = "A.Two", .status = checks::CheckStatus::kSkipped, .reason = "no cgroup"};
  EXPECT_THAT(Violations(Failing({"A.Two"}), Graded({Passed("A.One", 4), skipped})),
              ElementsAre("A.Two must fail, but was skipped: no cgroup"));
}

TEST(Proof, OfWhatDoesNotBuild) {
  checks::BuildReport broken{.program = "reap", .ok = false, .summary = "1 error", .messages = "reap.cpp:1: error"};
  const report::Grading grading = Graded({broken, Failed("A.One"), Failed("A.Two")});
  EXPECT_THAT(Violations(Expecting(Expectation::kNotFullMarks), grading),
              ElementsAre("does not build: 1 error", "reap.cpp:1: error"));
}

TEST(Proof, AFaultProvesNothing) {
  checks::CheckResult fault{.id = "A.Two", .status = checks::CheckStatus::kFault, .reason = "no memory"};
  EXPECT_THAT(Violations(Failing({"A.Two"}), Graded({Passed("A.One", 4), fault})),
              ElementsAre("A.Two ended in a fault of the grader: no memory"));
}

}  // namespace
}  // namespace grader::cli
