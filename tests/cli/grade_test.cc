#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "grader/checks/assignment.h"
#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const char* const kKeepAssignment = "cat > \"$HERE/assignment\"\n";

checks::Assignment AssignmentOf(const FakeCourse& course) {
  return checks::AssignmentFromJson(course.Read("libexec/grade/labs/lab02-reap/assignment"));
}

nlohmann::json JsonOf(const FakeCourse& course) { return nlohmann::json::parse(course.Read("work/r.json")); }

TEST(Grade, EndsWith0ForFullMarksAndLeavesAJunitFile) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("10"), HasSubstr(".grade/lab02-reap.junit.xml")));
  EXPECT_THAT(ended.err, IsEmpty());
  EXPECT_THAT(course.Read("work/.grade/lab02-reap.junit.xml"), AllOf(HasSubstr("<testsuite"), HasSubstr("One")));
  EXPECT_EQ(course.Read("work/.grade/.gitignore"), "*\n");
}

TEST(Grade, IsNotLedAwayByLinksOfAHandIn) {
  const FakeCourse course;
  course.Write("secret", "mine\n");
  std::filesystem::create_directory(course.work() / ".grade");
  std::filesystem::create_symlink(course.root() / "secret", course.work() / ".grade/lab02-reap.junit.xml");
  EXPECT_EQ(course.Run({"lab2"}).status, 0);
  EXPECT_EQ(course.Read("secret"), "mine\n");
  EXPECT_THAT(course.Read("work/.grade/lab02-reap.junit.xml"), HasSubstr("<testsuite"));
  std::filesystem::remove_all(course.work() / ".grade");
  std::filesystem::create_symlink(course.root(), course.work() / ".grade");
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr(".grade is a link"));
  EXPECT_FALSE(course.Has("lab02-reap.junit.xml"));
}

TEST(Grade, IsNotHeldUpByAPipeOfAHandIn) {
  const FakeCourse course;
  std::filesystem::create_directory(course.work() / ".grade");
  ASSERT_EQ(mkfifo((course.work() / ".grade/lab02-reap.junit.xml").c_str(), 0666), 0);
  EXPECT_EQ(course.Run({"lab2"}).status, 0);
  EXPECT_THAT(course.Read("work/.grade/lab02-reap.junit.xml"), HasSubstr("<testsuite"));
}

TEST(Grade, SaysThatTheFolderOfReportsIsNone) {
  const FakeCourse course;
  course.Write("work/.grade", "mine\n");
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_THAT(ended.err, HasSubstr(".grade is no folder here"));
  EXPECT_EQ(course.Read("work/.grade"), "mine\n");
}

TEST(Grade, EndsWith1IfACheckFailed) {
  const FakeCourse course;
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4), Failed("A.Two"), checks::Finished{}}));
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 1) << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("a dog came"), HasSubstr("Hint two."),
                               HasSubstr("lab2 lab02-reap --only A.Two --seed 42")));
}

TEST(Grade, EndsWith3IfACheckIsAFault) {
  const FakeCourse course;
  checks::CheckResult fault{.id = "A.Two", .status = checks::CheckStatus::kFault, .reason = "no memory"};
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4), fault, checks::Finished{}}));
  EXPECT_EQ(course.Run({"lab2"}).status, 3);
}

TEST(Grade, TellsTheChecksWhatToDo) {
  const FakeCourse course;
  course.Checks(kKeepAssignment + FakeCourse::Say(FullMarks()));
  course.Run({"lab2", "lab02-reap", "--only", "A.*", "--only", "B.C", "--seed", "7", "--jobs", "3"});
  const checks::Assignment assignment = AssignmentOf(course);
  EXPECT_EQ(assignment.lab, "lab02-reap");
  EXPECT_EQ(assignment.submission, course.work() / "lab02-reap");
  EXPECT_EQ(assignment.lab_folder, course.course() / "labs/lab02-reap");
  EXPECT_EQ(assignment.cache, course.root() / "home/.cache/grade/submissions");
  ASSERT_EQ(assignment.programs.size(), 1u);
  EXPECT_EQ(assignment.programs[0].name, "reap");
  EXPECT_EQ(assignment.programs[0].sources, std::vector<std::string>{"reap.cpp"});
  EXPECT_EQ(assignment.programs[0].flags, std::vector<std::string>{"-pthread"});
  EXPECT_TRUE(assignment.programs[0].accept_python);
  EXPECT_EQ(assignment.limits.processes, 400);
  EXPECT_EQ(assignment.seed, 7u);
  EXPECT_EQ(assignment.only, (std::vector<std::string>{"A.*", "B.C"}));
  EXPECT_EQ(assignment.jobs, 3);
}

TEST(Grade, PrefersTheLimitsOfTheLabToThoseOfTheCourse) {
  const FakeCourse course;
  course.Write("share/grade/course.toml",
               "title = \"A\"\n[limits]\nprocesses = 5\ncpu = \"30s\"\nmemory = \"64MiB\"\n");
  course.Checks(kKeepAssignment + FakeCourse::Say(FullMarks()));
  course.Run({"lab2"});
  const sandbox::Limits limits = AssignmentOf(course).limits;
  EXPECT_EQ(limits.processes, 400);
  EXPECT_EQ(limits.cpu_time, std::chrono::seconds(30));
  EXPECT_EQ(limits.memory, os::MiB(64));
  EXPECT_GT(limits.wall_time, limits.cpu_time);
}

TEST(Grade, ChoosesAnotherSeedEachTime) {
  const FakeCourse course;
  course.Checks(kKeepAssignment + FakeCourse::Say(FullMarks()));
  course.Run({"lab2"});
  const auto first = AssignmentOf(course).seed;
  course.Run({"lab2"});
  EXPECT_NE(AssignmentOf(course).seed, first);
}

class GradeFolder : public testing::TestWithParam<const char*> {};

TEST_P(GradeFolder, IsFoundByItself) {
  const FakeCourse course;
  std::filesystem::remove_all(course.work() / "lab02-reap");
  course.Write(std::filesystem::path("work") / GetParam() / "reap.cpp", "");
  course.Checks(kKeepAssignment + FakeCourse::Say(FullMarks()));
  EXPECT_EQ(course.Run({"lab2"}).status, 0);
  EXPECT_EQ(AssignmentOf(course).submission, std::filesystem::canonical(course.work() / GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Each, GradeFolder, testing::Values("lab02-reap", "lab2", "reap", "."));

TEST(Grade, AcceptsAPythonProgramAlone) {
  const FakeCourse course;
  course.Write("work/mine/reap.py", "");
  EXPECT_EQ(course.Run({"reap", "mine"}).status, 0);
}

TEST(Grade, WritesReportsWhereTold) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2", "--junit", "r.xml", "--json", "r.json"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(course.Read("work/r.xml"), Not(HasSubstr("file=")));
  EXPECT_FALSE(JsonOf(course).empty());
  EXPECT_FALSE(course.Has("work/.grade"));
}

TEST(Grade, WritesAPageAndATrace) {
  const FakeCourse course;
  auto failed = std::get<checks::CheckResult>(Failed("A.Two"));
  failed.timeline.lanes = {{checks::LaneKind::kProgram, "the program (process 2)", ""}};
  failed.timeline.events = {{.what = checks::Happening::kBegins},
                            {.what = checks::Happening::kEnds, .text = "exit status 3"}};
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4), failed, checks::Finished{}}));
  EXPECT_EQ(course.Run({"lab2", "--html", "r.html", "--trace", "t.json"}).status, 1);
  EXPECT_THAT(course.Read("work/r.html"),
              AllOf(HasSubstr("a dog came"), HasSubstr("<svg"), HasSubstr("exit status 3")));
  EXPECT_THAT(course.Read("work/t.json"), AllOf(HasSubstr("traceEvents"), HasSubstr("exit status 3")));
}

TEST(Grade, APictureThatContradictsItselfIsAFault) {
  const FakeCourse course;
  auto failed = std::get<checks::CheckResult>(Failed("A.Two"));
  failed.timeline.lanes = {{}};
  failed.timeline.events = {{.lane = 7}};
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4), failed, checks::Finished{}}));
  EXPECT_EQ(course.Run({"lab2"}).status, 3);
}

TEST(Grade, WritesTheRichDialectWhenAsked) {
  const FakeCourse course;
  checks::Started started = std::get<checks::Started>(StartedEvent());
  started.checks[0].file = "labs/lab02-reap/checks/a.cc";
  started.checks[0].line = 5;
  course.Checks(FakeCourse::Say({started, Passed("A.One", 4), Passed("A.Two", 6), checks::Finished{}}));
  EXPECT_EQ(course.Run({"lab2", "--junit", "r.xml", "--junit-dialect", "rich"}).status, 0);
  EXPECT_THAT(course.Read("work/r.xml"), HasSubstr("file="));
}

TEST(Grade, ShowsTheChecksOwnWordsOnlyWhenVerbose) {
  const FakeCourse course;
  course.Checks("echo a word >&2\n" + FakeCourse::Say(FullMarks()));
  EXPECT_THAT(course.Run({"lab2"}).err, IsEmpty());
  EXPECT_EQ(course.Run({"lab2", "--verbose"}).err, "a word\n");
}

TEST(Grade, KeepsWhatWasDecidedBeforeTheChecksDied) {
  const FakeCourse course;
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4)}) + "echo their last words >&2\nkill -SEGV $$\n");
  const Ended ended = course.Run({"lab2", "--json", "r.json"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, AllOf(HasSubstr("was killed by signal 11"), HasSubstr("their last words")));
  EXPECT_THAT(course.Read("work/r.json"), HasSubstr("was killed by signal 11"));
  EXPECT_THAT(course.Read("work/r.json"), HasSubstr("A.One"));
}

TEST(Grade, MissesTheLastEvent) {
  const FakeCourse course;
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4), Passed("A.Two", 6)}));
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, HasSubstr("ended with status 0 before it was finished"));
}

TEST(Grade, TakesNonsenseForAFault) {
  const FakeCourse course;
  course.Checks("echo nonsense >&3\n" + FakeCourse::Say(FullMarks()));
  const Ended ended = course.Run({"lab2"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, HasSubstr("no event"));
}

TEST(Grade, FollowsEventsOfAnySize) {
  const FakeCourse course;
  checks::CheckResult large{.id = "A.Two", .status = checks::CheckStatus::kPassed, .points = 6};
  large.output = std::string(1 << 20, 'x');
  course.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4), large, checks::Finished{}}));
  EXPECT_EQ(course.Run({"lab2"}).status, 0);
}

TEST(Grade, PassesOnWhyTheChecksRefuse) {
  const FakeCourse course;
  course.Checks("echo 'no check matches B.*; there are A.One, A.Two' >&2\nexit 2\n");
  const Ended ended = course.Run({"lab2", "--only", "B.*"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: no check matches B.*; there are A.One, A.Two\n");
}

TEST(Grade, NeedsNoCacheToGrade) {
  const FakeCourse course;
  course.Write("home/.cache", "a file where the cache would be");
  EXPECT_EQ(course.Run({"lab2"}).status, 0);
}

}  // namespace
}  // namespace grader::cli
