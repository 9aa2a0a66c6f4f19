// CheckMain as `grade` meets it: an executable with an assignment on stdin and events on a descriptor.
#include "grader/checks/check_main.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "grader/checks/assignment.h"
#include "tests/checks/execution.h"
#include "tests/checks/temporary_folder.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using testing::Execution;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kQuiz = R"([[question]]
id = "letter"
ask = "Which letter?"
answer = "Z"
points = 1
)";

class CheckMainTest : public ::testing::Test {
 protected:
  CheckMainTest() {
    folder_.Write("lab/quiz.toml", kQuiz);
    folder_.Write("crashing-lab/quiz.toml", kQuiz);
    folder_.Write("submission/answers.toml", "letter = \"z\"\n");
    assignment_.lab = "lab00-fixture";
    assignment_.submission = folder_.path() / "submission";
    assignment_.lab_folder = folder_.path() / "lab";
    assignment_.cache = folder_.path() / "cache";
    assignment_.seed = 7;
  }

  Execution Execute(const std::vector<std::string>& arguments = {}) {
    return ExecuteWith(ToJson(assignment_), arguments);
  }

  Execution ExecuteWith(const std::string& input, const std::vector<std::string>& arguments = {}) {
    return testing::Execute(folder_, CHECK_FIXTURE, input, arguments);
  }

  Assignment assignment_;

 private:
  testing::TemporaryFolder folder_;
};

std::vector<std::string> IdsOf(const std::vector<CheckResult>& results) {
  std::vector<std::string> ids;
  for (const auto& result : results) ids.push_back(result.id);
  return ids;
}

TEST_F(CheckMainTest, TellsAllChecksThenEachResultThenTheEnd) {
  const auto run = Execute();
  EXPECT_EQ(run.status(), 0) << run.err;
  ASSERT_GE(run.events.size(), 2u);
  const auto started = std::get<Started>(run.events.front());
  EXPECT_EQ(started.lab, "lab00-fixture");
  EXPECT_EQ(started.seed, 7u);
  EXPECT_EQ(started.isolation, "full");
  ASSERT_EQ(started.checks.size(), 11u);
  EXPECT_EQ(started.checks[0].id, "First.Passes");
  EXPECT_EQ(started.checks[0].title, "passes");
  EXPECT_EQ(started.checks[0].hint, "a hint");
  EXPECT_EQ(started.checks[8].title, "tells its inputs in its own words");
  EXPECT_EQ(started.checks[9].visibility, Visibility::kHidden);
  EXPECT_EQ(started.checks[10].id, "Quiz.Letter");
  EXPECT_EQ(run.All<CheckStarted>().size(), 11u);
  EXPECT_EQ(run.All<CheckResult>().size(), 11u);
  EXPECT_TRUE(std::holds_alternative<Finished>(run.events.back()));
  EXPECT_EQ(run.out, "");
}

TEST_F(CheckMainTest, GivesPointsToWhatPassed) {
  const auto run = Execute();
  EXPECT_EQ(run.Result("First.Passes").status, CheckStatus::kPassed);
  EXPECT_EQ(run.Result("First.Passes").points, 2);
  EXPECT_EQ(run.Result("Quiz.Letter").status, CheckStatus::kPassed);
}

TEST_F(CheckMainTest, KeepsEveryFailureOfACheckInAStudentsWords) {
  const auto result = Execute().Result("First.FailsTwice");
  EXPECT_EQ(result.status, CheckStatus::kFailed);
  EXPECT_EQ(result.points, 0);
  ASSERT_EQ(result.failures.size(), 2u);
  EXPECT_EQ(testing::AsText(result.failures[0]),
            "expected: it prints nothing\n"
            "happened: it printed 1 line\n"
            "- the first is \"hello \xff\"\n"
            "run: ./reap nohang 3");
  EXPECT_EQ(testing::AsText(result.failures[1]), "expected: processes: 4\nhappened: 1");
  EXPECT_EQ(result.output, "hello \xff\n");
}

TEST_F(CheckMainTest, SkipsWhatNeedsAFailedOrSkippedCheck) {
  const auto run = Execute();
  const auto direct = run.Result("First.NeedsTheFailing");
  EXPECT_EQ(direct.status, CheckStatus::kSkipped);
  EXPECT_EQ(direct.reason, "needs \"fails twice\" (First.FailsTwice) to pass first");
  const auto indirect = run.Result("First.NeedsTheSkipped");
  EXPECT_EQ(indirect.status, CheckStatus::kSkipped);
  EXPECT_EQ(indirect.reason, "needs \"needs the failing\" (First.NeedsTheFailing) to pass first");
}

TEST_F(CheckMainTest, SkipsWhatACheckSaysCannotBeJudgedHere) {
  const auto result = Execute().Result("First.IsNotWhereItCanBeJudged");
  EXPECT_EQ(result.status, CheckStatus::kSkipped);
  EXPECT_EQ(result.reason, "this machine has no second network");
}

TEST_F(CheckMainTest, TakesExceptionsAndSpoiltRunsOnItself) {
  const auto run = Execute();
  EXPECT_EQ(run.Result("First.MeetsAFault").status, CheckStatus::kFault);
  EXPECT_EQ(run.Result("First.MeetsAFault").reason, "the machine is on fire");
  EXPECT_EQ(run.Result("First.MeetsASpoiltRun").status, CheckStatus::kFault);
  EXPECT_EQ(run.Result("First.MeetsASpoiltRun").reason, "no memory");
  EXPECT_EQ(run.Result("First.RunsAProgramTheLabDoesNotHave").status, CheckStatus::kFault);
}

TEST_F(CheckMainTest, RepeatsTheInputsOfACheckWhateverElseRuns) {
  const auto whole = Execute().Result("Second.TellsItsInputs").failures.at(0).happened;
  assignment_.only = {"Second.TellsItsInputs"};
  EXPECT_EQ(Execute().Result("Second.TellsItsInputs").failures.at(0).happened, whole);
  assignment_.seed = 8;
  EXPECT_NE(Execute().Result("Second.TellsItsInputs").failures.at(0).happened, whole);
}

TEST_F(CheckMainTest, AFailureMayHaveAHintOfItsOwn) {
  EXPECT_EQ(Execute().Result("Second.TellsItsInputs").failures.at(0).hint, "a better hint");
}

TEST_F(CheckMainTest, RunsOnlyWhatIsAskedButTellsAll) {
  assignment_.only = {"First.NeedsTheFailing", "Quiz"};
  const auto run = Execute();
  EXPECT_EQ(run.All<Started>().at(0).checks.size(), 11u);
  EXPECT_THAT(IdsOf(run.All<CheckResult>()), ElementsAre("First.NeedsTheFailing", "Quiz.Letter"));
  // What it needs was left out and so is no obstacle; its own body throws.
  EXPECT_EQ(run.Result("First.NeedsTheFailing").status, CheckStatus::kFault);
}

TEST_F(CheckMainTest, RefusesAPatternThatNamesNoCheck) {
  assignment_.only = {"First.Pases"};
  const auto run = Execute();
  EXPECT_EQ(run.status(), 2);
  EXPECT_THAT(run.events, IsEmpty());
  EXPECT_EQ(run.err, "checks: the lab has no check First.Pases\n");
}

TEST_F(CheckMainTest, BuildsOnlyWhatTheChosenChecksRun) {
  build::Target program;
  program.name = "none";
  program.sources = {"none.cpp"};
  assignment_.programs = {program};
  EXPECT_EQ(Execute().All<BuildReport>().size(), 1u);
  assignment_.only = {"Quiz"};
  const auto run = Execute();
  EXPECT_EQ(run.All<CheckResult>().size(), 1u);
  EXPECT_THAT(run.All<BuildReport>(), IsEmpty());
}

TEST_F(CheckMainTest, RefusesWhatIsNoAssignment) {
  const auto run = ExecuteWith("{\"lab\": 7}");
  EXPECT_EQ(run.status(), 2);
  EXPECT_EQ(run.err, "checks: lab: not a text\n");
  EXPECT_EQ(ExecuteWith("").status(), 2);
  EXPECT_EQ(Execute({"--shard", "3/2"}).status(), 2);
  EXPECT_EQ(Execute({"--nonsense"}).status(), 2);
}

TEST_F(CheckMainTest, SaysNothingOfTheEndWhenItIsKilled) {
  assignment_.lab_folder = assignment_.lab_folder.parent_path() / "crashing-lab";
  const auto run = Execute();
  EXPECT_TRUE(WIFSIGNALED(run.wait_status));
  EXPECT_THAT(run.All<Finished>(), IsEmpty());
  EXPECT_EQ(run.All<CheckResult>().size(), 9u) << "what was decided before is not lost";
  EXPECT_EQ(run.All<CheckStarted>().back().id, "Second.Crashes");
}

TEST_F(CheckMainTest, StopsAfterBuildingIfAsked) {
  const auto run = Execute({"--build-only"});
  EXPECT_EQ(run.status(), 0);
  EXPECT_EQ(run.events.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<Finished>(run.events.back()));
}

TEST_F(CheckMainTest, RunsOnePartOnly) {
  auto first = IdsOf(Execute({"--shard", "1/2"}).All<CheckResult>());
  const auto second = IdsOf(Execute({"--shard", "2/2"}).All<CheckResult>());
  EXPECT_THAT(first, ::testing::Contains("First.NeedsTheSkipped"));
  EXPECT_THAT(second, ::testing::Not(::testing::Contains("First.NeedsTheSkipped")));
  first.insert(first.end(), second.begin(), second.end());
  EXPECT_EQ(first.size(), 11u);
}

TEST_F(CheckMainTest, SaysTheSameWithSeveralJobs) {
  auto alone = IdsOf(Execute().All<CheckResult>());
  assignment_.jobs = 3;
  const auto run = Execute();
  EXPECT_EQ(run.status(), 0) << run.err;
  EXPECT_EQ(run.All<Started>().size(), 1u);
  EXPECT_EQ(run.All<Finished>().size(), 1u);
  EXPECT_THAT(IdsOf(run.All<CheckResult>()), ::testing::UnorderedElementsAreArray(alone));
  EXPECT_EQ(run.Result("First.NeedsTheFailing").status, CheckStatus::kSkipped);
}

TEST_F(CheckMainTest, IsAFaultIfOneOfSeveralJobsDies) {
  assignment_.lab_folder = assignment_.lab_folder.parent_path() / "crashing-lab";
  assignment_.jobs = 2;
  const auto run = Execute();
  EXPECT_EQ(run.status(), 3);
  EXPECT_THAT(run.All<Finished>(), IsEmpty());
  ASSERT_EQ(run.All<Fault>().size(), 1u);
  EXPECT_THAT(run.All<Fault>()[0].what, HasSubstr("died"));
}

TEST_F(CheckMainTest, ListsItsChecksWithoutAnAssignment) {
  const auto run = ExecuteWith("", {"--list", assignment_.lab_folder.string()});
  EXPECT_EQ(run.status(), 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"First.Passes\""));
  EXPECT_THAT(run.out, HasSubstr("\"id\": \"Quiz.Letter\""));
  EXPECT_THAT(run.events, IsEmpty());
}

TEST_F(CheckMainTest, NamesTheQuizThatIsMissing) {
  const auto run = ExecuteWith("", {"--list", "/nowhere"});
  EXPECT_EQ(run.status(), 2);
  EXPECT_THAT(run.err, HasSubstr("/nowhere/quiz.toml"));
}

}  // namespace
}  // namespace grader::checks
