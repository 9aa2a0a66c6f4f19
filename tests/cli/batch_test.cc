#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/cli/batch_fixture.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

using BatchTest = BatchFixture;

TEST_F(BatchTest, GradesAllAndSaysWhere) {
  const Ended ended = Run();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, "2 hand-ins, 2 graded now\nresults: out/grades.csv\n");
  EXPECT_EQ(ended.err, "1/2  alice  10 of 10 points\n2/2  bob  4 of 10 points\n");
  EXPECT_EQ(Grades(), std::string(kTableHead) +
                          "alice,lab02-reap,10,10,graded,,10,,,,\n"
                          "bob,lab02-reap,4,10,graded,,4,,,,\n");
  EXPECT_THAT(course_.Read("work/out/students/bob/report.txt"), HasSubstr("a dog came"));
  EXPECT_THAT(course_.Read("work/out/junit.xml"),
              AllOf(HasSubstr("<testsuite name=\"lab02-reap.alice\""), HasSubstr("classname=\"lab02-reap.bob.A\"")));
}

TEST_F(BatchTest, WritesPagesForTheClassAndEachStudent) {
  Run();
  EXPECT_THAT(course_.Read("work/out/index.html"),
              AllOf(HasSubstr("<a href=\"students/bob/report.html\">bob</a>"), HasSubstr("title=\"a dog came\"")));
  EXPECT_THAT(course_.Read("work/out/students/bob/report.html"), HasSubstr("a dog came"));
  EXPECT_TRUE(course_.Has("work/out/students/alice/trace.json"));
}

TEST_F(BatchTest, HiddenChecksAreForTheClassPageOnly) {
  auto started = std::get<checks::Started>(StartedEvent());
  started.checks[1].visibility = checks::Visibility::kHidden;
  course_.Checks(FakeCourse::Say({started, Passed("A.One", 4), Failed("A.Two"), checks::Finished{}}));
  Run();
  EXPECT_THAT(course_.Read("work/out/index.html"), AllOf(HasSubstr("A.Two"), HasSubstr("a dog came")));
  for (const char* name : {"report.html", "report.json", "report.txt", "junit.xml", "trace.json"}) {
    EXPECT_THAT(course_.Read(std::string("work/out/students/bob/") + name),
                AllOf(Not(HasSubstr("A.Two")), Not(HasSubstr("a dog"))));
  }
}

TEST_F(BatchTest, TellsStudentsNothingOfTheMachine) {
  Run();
  for (const char* name : {"report.html", "report.json", "report.txt", "junit.xml", "trace.json"}) {
    EXPECT_THAT(course_.Read(std::string("work/out/students/bob/") + name), Not(HasSubstr(course_.root().string())));
  }
  EXPECT_THAT(course_.Read("work/out/students/bob/report.txt"), HasSubstr("again     ./grade lab2 lab02-reap"));
}

TEST_F(BatchTest, DoesNothingTwice) {
  Run();
  const std::string grades = Grades();
  HandIn("carol", "");
  const Ended again = Run();
  EXPECT_EQ(again.out, "3 hand-ins, 1 graded now\nresults: out/grades.csv\n");
  EXPECT_EQ(Graded(), "alice\nbob\ncarol\n");
  EXPECT_THAT(Grades(), StartsWith(grades));
}

TEST_F(BatchTest, GradesAgainWhatHasChanged) {
  Run();
  HandIn("bob", "");
  course_.Write("work/in/bob/verdict", "full\n");
  Run();
  EXPECT_EQ(Graded(), "alice\nbob\nbob\n");
  EXPECT_THAT(Grades(), HasSubstr("bob,lab02-reap,10,10"));
}

TEST_F(BatchTest, ResultsOfAnotherVersionCountUntilARegradeIsApplied) {
  HandIn("dora", "crash");
  Run();
  TurnTheLabRound();
  course_.Write("work/in/dora/verdict", "six\n");
  HandIn("carol", "");
  const Ended ended = Run();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, MatchesRegex("4 hand-ins, 2 graded now\nresults: out/grades.csv\n"
                                      "2 results are of another version of the lab or the grader and still count; "
                                      ".*grade regrade lab02-reap out tells what would change\n"));
  EXPECT_EQ(Grades(), std::string(kTableHead) +
                          "alice,lab02-reap,10,10,graded,,10,,,,\n"
                          "bob,lab02-reap,4,10,graded,,4,,,,\n"
                          "carol,lab02-reap,4,10,graded,,4,,,,\n"
                          "dora,lab02-reap,6,10,graded,,6,,,,\n");
  ASSERT_EQ(course_.Run({"regrade", "lab2", "out"}).status, 0);
  ASSERT_EQ(course_.Run({"apply", "out"}).status, 0);
  EXPECT_EQ(Run().out, "4 hand-ins, 0 graded now\nresults: out/grades.csv\n");
  EXPECT_THAT(Grades(), AllOf(HasSubstr("alice,lab02-reap,4,"), HasSubstr("bob,lab02-reap,10,")));
}

TEST_F(BatchTest, GradesIdenticalHandInsOnce) {
  course_.Write("work/in/zoe/reap.cpp", course_.Read("work/in/alice/reap.cpp"));
  const Ended ended = Run();
  EXPECT_THAT(ended.out, HasSubstr("3 hand-ins, 2 graded now, 1 the same as another"));
  EXPECT_THAT(Grades(), AllOf(HasSubstr("alice,lab02-reap,10,10,graded,,10,,,,the same files as zoe\n"),
                              HasSubstr("zoe,lab02-reap,10,10,graded,,10,,,,the same files as alice\n")));
  EXPECT_THAT(course_.Read("work/out/students/zoe/report.txt"), Not(HasSubstr("alice")));
}

TEST_F(BatchTest, AFaultIsTriedAgainAndCostsNothing) {
  HandIn("carl", "once");
  HandIn("dora", "crash");
  const Ended ended = Run();
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.out, HasSubstr("1 with a fault of the grader or the machine"));
  EXPECT_THAT(Grades(), AllOf(HasSubstr("carl,lab02-reap,10,10,graded"), HasSubstr("dora,lab02-reap,,")));
  EXPECT_THAT(Graded(), HasSubstr("carl\ncarl\ndora\ndora\ndora\n"));
  course_.Write("work/in/dora/verdict", "two\n");
  EXPECT_EQ(Run().status, 0);
  EXPECT_THAT(Grades(), HasSubstr("dora,lab02-reap,4,10,graded"));
}

TEST_F(BatchTest, GoesOnAfterKill) {
  HandIn("bob", "wait");
  Running running = course_.Start({"batch", "lab2", "in", "--out", "out", "--jobs", "1"});
  AwaitWaiting();  // so alice's result is kept
  running.Signal(SIGKILL);
  running.Wait();
  EXPECT_FALSE(course_.Has("work/out/grades.csv"));
  course_.Write("work/in/bob/verdict", "two\n");
  const Ended ended = Run();
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(Graded(), "alice\nbob\nbob\n");
  EXPECT_EQ(Grades(), std::string(kTableHead) +
                          "alice,lab02-reap,10,10,graded,,10,,,,\n"
                          "bob,lab02-reap,4,10,graded,,4,,,,\n");
}

TEST_F(BatchTest, SaysThatNothingIsLostWhenInterrupted) {
  HandIn("bob", "wait");
  Running running = course_.Start({"batch", "lab2", "in", "--out", "out", "--jobs", "1"});
  AwaitWaiting();
  running.Signal(SIGINT);
  const Ended ended = running.Wait();
  EXPECT_EQ(ended.status, 128 + SIGINT);
  EXPECT_THAT(ended.err, HasSubstr("what is graded is kept; start the same command again"));
}

TEST_F(BatchTest, RefusesOneHandInAndGoesOn) {
  course_.Write("work/in/eve.zip", "no archive");
  course_.Write("work/in/fay/other.cpp", "");
  const Ended ended = Run();
  EXPECT_EQ(ended.status, 0);
  EXPECT_THAT(
      Grades(),
      AllOf(HasSubstr("eve,lab02-reap,0,10,refused,,0,,,,\"it is no archive that can be read, whatever its name"),
            HasSubstr("fay,lab02-reap,0,10,refused,,0,,,,none of the files that the lab asks for")));
  EXPECT_THAT(course_.Read("work/out/students/fay/report.txt"), StartsWith("This hand-in cannot be graded: none of"));
}

TEST_F(BatchTest, KnowsTheRosterAndWhoIsMissing) {
  course_.Write("work/r.csv", "id,name,group\nalice,\"Doe, Alice\",g1\nzed,=Zed,\n");
  Run({"--roster", "r.csv"});
  EXPECT_THAT(Grades(), AllOf(HasSubstr("alice,lab02-reap,10,10,graded,,10,\"Doe, Alice\",,g1,\n"),
                              HasSubstr("zed,lab02-reap,0,10,missing,,0,'=Zed,,,\n")));
}

TEST_F(BatchTest, SaysWhatIsWrongInOneLine) {
  EXPECT_EQ(Run({"--roster", "none.csv"}).err, "grade: none.csv cannot be read; --roster names a CSV file\n");
  const Ended nowhere = course_.Run({"batch", "lab2", "nowhere"});
  EXPECT_EQ(nowhere.status, 2);
  EXPECT_EQ(nowhere.err, "grade: nowhere: No such file or directory; name the folder of hand-ins\n");
  EXPECT_EQ(course_.Run({"batch", "lab2"}).status, 2);
}

}  // namespace
}  // namespace grader::cli
