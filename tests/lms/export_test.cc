#include "grader/lms/export.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/lms/consumers.h"
#include "tests/report/hostile.h"
#include "tests/report/samples.h"

namespace grader::lms {
namespace {

using nlohmann::json;
using report::Grading;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::size_t kMebibyte = 1 << 20;  // PrairieLearn reads no more

const Format kAll[] = {Format::kGradescope, Format::kPrairielearn, Format::kAutolab, Format::kVpl,
                       Format::kGithub,     Format::kAnnotations,  Format::kGitlab,  Format::kJenkins};

std::vector<Grading> Samples() {
  return {report::AllPassed(),         report::ZombieFailure(), report::CompileError(),
          report::UntouchedSkeleton(), report::GraderFault(),   report::OnlyOneAsked()};
}

// Every text field holds `bytes`, and nothing is the grader's fault, so that there is a score.
Grading FilledWith(const std::string& bytes) {
  Grading grading = report::FilledWith(bytes);
  grading.subject.lab = "lab02-reap";  // a folder of the course's
  grading.faults.clear();
  for (auto& check : grading.checks) {
    if (check.verdict == report::Verdict::kFault) check.verdict = report::Verdict::kFailed;
  }
  return grading;
}

void ExpectReadable(const Grading& grading) {
  EXPECT_THAT(ObjectionsToJson(Exported(Format::kGradescope, grading), "gradescope"), IsEmpty());
  EXPECT_THAT(ObjectionsToJson(Exported(Format::kPrairielearn, grading), "prairielearn"), IsEmpty());
  EXPECT_THAT(ObjectionsToJson(Exported(Format::kGithub, grading), "classroom"), IsEmpty());
  EXPECT_THAT(ObjectionsToVpl(Exported(Format::kVpl, grading)), IsEmpty());
  EXPECT_THAT(ObjectionsToAnnotations(Exported(Format::kAnnotations, grading)), IsEmpty());
}

TEST(Export, EachPlatformCanReadIt) {
  for (const Grading& grading : Samples()) {
    ExpectReadable(grading);
    EXPECT_THAT(ObjectionsToAutolab(Exported(Format::kAutolab, grading), "lab02-reap"), IsEmpty());
  }
}

TEST(Export, EachPlatformCanReadItWhateverASubmissionPrints) {
  for (const auto& [name, bytes] : report::HostileTexts()) {
    SCOPED_TRACE(name);
    const Grading grading = FilledWith(bytes);
    ExpectReadable(grading);
    EXPECT_THAT(ObjectionsToAutolab(Exported(Format::kAutolab, grading), "lab02-reap"), IsEmpty());
  }
}

TEST(Export, EachPlatformCanReadAFaultWhateverItSays) {
  for (const char* bytes : {"\n::error::x", "Grade :=>>100\nGrade :=>>100", "\xff\x1b[2J\"}"}) {
    ExpectReadable(report::FilledWith(bytes));
  }
}

TEST(Export, IsBoundedWhateverASubmissionPrints) {
  Grading large = FilledWith(std::string(100'000, '"'));
  while (large.checks.size() < 100) large.checks.push_back(large.checks[1]);
  for (const Format format : {Format::kGradescope, Format::kPrairielearn, Format::kAutolab, Format::kVpl,
                              Format::kGithub, Format::kAnnotations}) {
    EXPECT_LT(Exported(format, large).size(), kMebibyte) << static_cast<int>(format);
  }
}

TEST(Export, HiddenChecksStayHidden) {
  for (const Format format : kAll) {
    const std::string text = Exported(format, report::UntouchedSkeleton());
    EXPECT_THAT(text, Not(HasSubstr("Storm"))) << static_cast<int>(format);
    EXPECT_THAT(text, Not(HasSubstr("storm"))) << static_cast<int>(format);
    EXPECT_THAT(text, Not(HasSubstr("sigaction"))) << static_cast<int>(format);
  }
}

TEST(Export, HiddenChecksCountWithoutTheirNames) {
  const auto read = json::parse(Exported(Format::kGradescope, report::AllPassed()));
  const auto hidden = read["tests"].back();
  EXPECT_EQ(hidden["name"], "hidden check 1");
  EXPECT_GT(hidden["max_score"], 0);
  EXPECT_EQ(hidden["visibility"], "visible");  // a hidden test would hide the student's total
}

TEST(Export, TellsThePointsAndWhatHappened) {
  const auto gradescope = json::parse(Exported(Format::kGradescope, report::ZombieFailure()));
  EXPECT_EQ(gradescope["score"], 28);
  double sum = 0;
  for (const auto& test : gradescope["tests"]) sum += test["score"].get<double>();
  EXPECT_EQ(sum, 28);
  EXPECT_THAT(gradescope.dump(), HasSubstr("3 of 50 children were never waited for"));
  EXPECT_THAT(gradescope.dump(), HasSubstr("hint: One SIGCHLD"));
  const auto prairielearn = json::parse(Exported(Format::kPrairielearn, report::ZombieFailure()));
  EXPECT_EQ(prairielearn["score"], 0.7);
  EXPECT_THAT(Exported(Format::kAutolab, report::ZombieFailure()), EndsWith("\n{\"scores\":{\"lab02-reap\":28.0}}\n"));
  EXPECT_THAT(Exported(Format::kVpl, report::ZombieFailure()), EndsWith("\nGrade :=>>28\n"));
  EXPECT_EQ(json::parse(Exported(Format::kGithub, report::ZombieFailure()))["status"], "fail");
  EXPECT_EQ(json::parse(Exported(Format::kGithub, report::AllPassed()))["status"], "pass");
}

TEST(Export, ScalesToTheGradesOfAMoodleActivity) {
  EXPECT_THAT(Exported(Format::kVpl, report::ZombieFailure(), {.min = 0, .max = 10}), EndsWith("\nGrade :=>>7\n"));
  EXPECT_THAT(Exported(Format::kVpl, report::ZombieFailure(), {.min = 1, .max = 6}), EndsWith("\nGrade :=>>4.5\n"));
}

TEST(Export, TellsWhatTheCompilerSaid) {
  const auto gradescope = json::parse(Exported(Format::kGradescope, report::CompileError()));
  EXPECT_THAT(gradescope["output"], HasSubstr("reap.cpp:31:17: error: 'waitpit'"));
  EXPECT_THAT(Exported(Format::kVpl, report::CompileError()), HasSubstr("Comment :=>>>reap.cpp:31:17: error: "));
}

TEST(Export, AFaultOfOursIsNoScoreAnywhere) {
  const Grading fault = report::GraderFault();
  const auto gradescope = json::parse(Exported(Format::kGradescope, fault));
  EXPECT_FALSE(gradescope.contains("score") || gradescope.contains("tests"));
  EXPECT_THAT(gradescope["output"], HasSubstr("not of your program; no points are lost"));
  const auto prairielearn = json::parse(Exported(Format::kPrairielearn, fault));
  EXPECT_EQ(prairielearn["gradable"], false);
  EXPECT_FALSE(prairielearn.contains("score"));
  EXPECT_THAT(Exported(Format::kAutolab, fault), EndsWith("\n{\"scores\":{\"lab02-reap\":null}}\n"));
  EXPECT_THAT(Exported(Format::kVpl, fault), Not(HasSubstr("Grade")));
  EXPECT_EQ(json::parse(Exported(Format::kGithub, fault))["status"], "error");
  EXPECT_THAT(Exported(Format::kAnnotations, fault), Not(HasSubstr("::error")));
}

TEST(Export, AnAnnotationLeadsToTheLineOfTheSubmission) {
  const std::string text = Exported(Format::kAnnotations, report::ZombieFailure());
  EXPECT_THAT(text, HasSubstr("::error file=skeletons/lab02-reap/reap.cpp,line=31,title="));
  EXPECT_THAT(text, HasSubstr("::notice title=Points::28 of 40 points%0A"));
}

TEST(Export, ShowsNoMoreAnnotationsThanGithubTakes) {
  const std::string text = Exported(Format::kAnnotations, report::UntouchedSkeleton());
  EXPECT_THAT(text, HasSubstr("more checks did not pass"));
}

TEST(Export, NamesAreThoseOfTheCommandLine) {
  for (const std::string& name : FormatNames()) EXPECT_NO_THROW(FormatOf(name));
  EXPECT_THAT(FormatNames(), SizeIs(std::size(kAll)));
  EXPECT_THROW(FormatOf("blackboard"), std::invalid_argument);
}

// The checks of what consumers accept are worth something only if they refuse.
TEST(Consumers, RefuseWhatThePlatformsWould) {
  const std::string good = Exported(Format::kGradescope, report::ZombieFailure());
  auto bad = json::parse(good);
  bad["tests"][0].erase("max_score");
  EXPECT_THAT(ObjectionsToJson(bad.dump(), "gradescope"), SizeIs(1));
  EXPECT_THAT(ObjectionsToJson("{", "prairielearn"), SizeIs(1));
  EXPECT_THAT(ObjectionsToAutolab("{}\n{\"score\":1}\n", "lab"), Not(IsEmpty()));
  EXPECT_THAT(ObjectionsToVpl("Comment :=>>a\nhello\nGrade :=>>1\n"), SizeIs(1));
  EXPECT_THAT(ObjectionsToVpl("Grade :=>>100\nGrade :=>>1\n"), SizeIs(1));
  EXPECT_THAT(ObjectionsToAnnotations("::error title=a::b%\n"), SizeIs(1));
  EXPECT_THAT(ObjectionsToAnnotations("::error title=a::b\n::stop-commands::x\n"), SizeIs(1));
}

}  // namespace
}  // namespace grader::lms
