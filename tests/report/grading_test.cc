#include "grader/report/grading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "tests/report/samples.h"

namespace grader::report {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

checks::Started TwoChecks() {
  checks::Started started{.lab = "lab02-reap", .seed = 7, .isolation = "full"};
  started.checks = {{.id = "A.One", .title = "one", .points = 3}, {.id = "A.Two", .title = "two", .points = 4}};
  return started;
}

checks::CheckResult Result(std::string id, checks::CheckStatus status, double points) {
  return {.id = std::move(id), .status = status, .points = points};
}

Grading Graded(const std::vector<checks::Event>& events, std::vector<std::string> only = {}) {
  Subject subject = SampleSubject();
  subject.only = std::move(only);
  GradingBuilder builder(subject);
  for (const checks::Event& event : events) {
    builder.Add(event);
  }
  return std::move(builder).Finish(milliseconds(10));
}

const auto kPass = checks::CheckStatus::kPassed;

TEST(GradingBuilder, KeepsTheOrderOfDeclaration) {
  const Grading grading =
      Graded({TwoChecks(), Result("A.Two", kPass, 4), Result("A.One", kPass, 3), checks::Finished{}});
  ASSERT_THAT(grading.checks, SizeIs(2));
  EXPECT_EQ(grading.checks[0].info.id, "A.One");
  EXPECT_EQ(grading.checks[1].result.points, 4);
  EXPECT_EQ(grading.seed, 7u);
  EXPECT_EQ(grading.isolation, "full");
  EXPECT_EQ(OverallOf(grading), Overall::kFullMarks);
}

TEST(GradingBuilder, AFailureIsNotFullMarks) {
  const Grading grading = Graded(
      {TwoChecks(), Result("A.One", checks::CheckStatus::kFailed, 1.5), Result("A.Two", kPass, 4), checks::Finished{}});
  EXPECT_EQ(OverallOf(grading), Overall::kNotFullMarks);
  EXPECT_EQ(PointsOf(grading).earned, 5.5);
  EXPECT_EQ(PointsOf(grading).total, 7);
}

TEST(GradingBuilder, ASkippedCheckIsNotFullMarksAndEarnsNothing) {
  const Grading grading = Graded(
      {TwoChecks(), Result("A.One", kPass, 3), Result("A.Two", checks::CheckStatus::kSkipped, 4), checks::Finished{}});
  EXPECT_EQ(OverallOf(grading), Overall::kNotFullMarks);
  EXPECT_EQ(PointsOf(grading).earned, 3);
}

TEST(GradingBuilder, AStreamThatBreaksOffIsAFaultOfTheGrader) {
  const Grading grading = Graded({TwoChecks(), Result("A.One", kPass, 3), checks::CheckStarted{"A.Two"}});
  EXPECT_EQ(OverallOf(grading), Overall::kFault);
  EXPECT_EQ(grading.checks[0].verdict, Verdict::kPassed);
  EXPECT_EQ(grading.checks[1].verdict, Verdict::kFault);
  EXPECT_THAT(grading.checks[1].result.reason, HasSubstr("ended before this check"));
  EXPECT_THAT(grading.faults, SizeIs(1));
}

TEST(GradingBuilder, AnEmptyStreamIsAFaultOfTheGrader) {
  EXPECT_EQ(OverallOf(Graded({})), Overall::kFault);
  EXPECT_EQ(OverallOf(Graded({checks::Finished{}})), Overall::kFault);
}

TEST(GradingBuilder, AMissingResultIsAFaultOfTheGrader) {
  const Grading grading = Graded({TwoChecks(), Result("A.One", kPass, 3), checks::Finished{}});
  EXPECT_EQ(grading.checks[1].verdict, Verdict::kFault);
  EXPECT_EQ(OverallOf(grading), Overall::kFault);
}

TEST(GradingBuilder, WithAFilterAMissingResultIsLeftOut) {
  const Grading grading = Graded({TwoChecks(), Result("A.One", kPass, 3), checks::Finished{}}, {"A.One"});
  EXPECT_EQ(grading.checks[1].verdict, Verdict::kLeftOut);
  EXPECT_EQ(OverallOf(grading), Overall::kFullMarks);
  EXPECT_EQ(PointsOf(grading).total, 7);
}

TEST(GradingBuilder, WithAFilterABrokenStreamIsStillAFault) {
  EXPECT_EQ(OverallOf(Graded({TwoChecks(), Result("A.One", kPass, 3)}, {"A.One"})), Overall::kFault);
}

TEST(GradingBuilder, AskingForNothingIsNotFullMarks) {
  EXPECT_EQ(OverallOf(Graded({TwoChecks(), checks::Finished{}}, {"B.*"})), Overall::kNotFullMarks);
}

TEST(GradingBuilder, ContradictionsAreFaultsOfTheGrader) {
  const auto whole = [](std::vector<checks::Event> more) {
    std::vector<checks::Event> events = {TwoChecks(), Result("A.One", kPass, 3), Result("A.Two", kPass, 4)};
    events.insert(events.end(), more.begin(), more.end());
    events.emplace_back(checks::Finished{});
    return Graded(events).faults;
  };
  EXPECT_THAT(whole({}), IsEmpty());
  EXPECT_THAT(whole({Result("A.One", kPass, 3)}), ElementsAre(HasSubstr("A.One was decided twice")));
  EXPECT_THAT(whole({Result("B.Three", kPass, 3)}), ElementsAre(HasSubstr("B.Three was decided but never declared")));
  EXPECT_THAT(whole({TwoChecks()}), ElementsAre(HasSubstr("started twice")));
  EXPECT_THAT(whole({checks::Fault{"no memory"}}), ElementsAre("no memory"));
}

TEST(GradingBuilder, ACheckDeclaredTwiceIsAFaultOfTheGrader) {
  checks::Started started = TwoChecks();
  started.checks.push_back(started.checks[0]);
  const Grading grading = Graded({started, Result("A.One", kPass, 3), Result("A.Two", kPass, 4), checks::Finished{}});
  EXPECT_THAT(grading.checks, SizeIs(2));
  EXPECT_THAT(grading.faults, ElementsAre(HasSubstr("A.One is declared twice")));
}

TEST(GradingBuilder, AFaultNotedByTheReaderCounts) {
  GradingBuilder builder(SampleSubject());
  builder.Add(TwoChecks());
  builder.AddFault("the checks executable was killed by signal 11");
  const Grading grading = std::move(builder).Finish(milliseconds(1));
  EXPECT_THAT(grading.faults, ElementsAre("the checks executable was killed by signal 11"));
}

TEST(Points, AreSummedToHundredths) {
  Grading grading;
  for (int i = 0; i < 3; ++i) {
    grading.checks.push_back(
        {.info = {.id = "A", .points = 0.1}, .verdict = Verdict::kPassed, .result = {.points = 0.1}});
  }
  EXPECT_EQ(PointsOf(grading).earned, 0.3);
}

TEST(PointsText, HasNoNeedlessDigits) {
  EXPECT_EQ(PointsText(10), "10");
  EXPECT_EQ(PointsText(2.5), "2.5");
  EXPECT_EQ(PointsText(1.0 / 3), "0.33");
  EXPECT_EQ(PointsText(0), "0");
  EXPECT_EQ(PointsText(-0.0), "0");
}

TEST(Redacted, ShowsInstructorsEverything) {
  EXPECT_EQ(Redacted(AllPassed(), Audience::kInstructor).checks.back().info.title, "survives a storm of signals");
}

TEST(Redacted, HidesHiddenChecksFromStudents) {
  Grading grading = FilledWith("SECRET");
  for (GradedCheck& check : grading.checks) {
    check.info.visibility = checks::Visibility::kHidden;
  }
  const Grading redacted = Redacted(grading, Audience::kStudent);
  ASSERT_THAT(redacted.checks, SizeIs(5));
  for (const GradedCheck& check : redacted.checks) {
    EXPECT_THAT(check.info.title, HasSubstr("hidden check"));
    EXPECT_THAT(check.info.needs, IsEmpty());
    EXPECT_THAT(check.result.failures, IsEmpty());
    for (const std::string& text :
         {check.info.id, check.info.hint, check.info.file, check.result.id, check.result.reason, check.result.output}) {
      EXPECT_THAT(text, Not(HasSubstr("SECRET")));
    }
  }
  EXPECT_EQ(PointsOf(redacted).total, PointsOf(grading).total);
  EXPECT_EQ(redacted.checks[1].verdict, Verdict::kFailed);
}

TEST(Redacted, HidesTheNameOfAHiddenCheckThatAVisibleOneNeeds) {
  checks::Started started = TwoChecks();
  started.checks[0].visibility = checks::Visibility::kHidden;
  started.checks[1].needs = {"A.One"};
  checks::CheckResult skipped = Result("A.Two", checks::CheckStatus::kSkipped, 0);
  skipped.reason = "it needs \"one\", which did not pass";
  const Grading grading =
      Graded({started, Result("A.One", checks::CheckStatus::kFailed, 0), skipped, checks::Finished{}});
  const Grading redacted = Redacted(grading, Audience::kStudent);
  EXPECT_THAT(redacted.checks[1].info.needs, ElementsAre("Hidden.Check1"));
  EXPECT_EQ(redacted.checks[1].result.reason, "It builds on a hidden check that did not pass.");
}

}  // namespace
}  // namespace grader::report
