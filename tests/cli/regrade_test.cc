#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/cli/batch_fixture.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

class RegradeTest : public BatchFixture {
 protected:
  RegradeTest() {
    HandIn("carol", "six");
    EXPECT_EQ(Run({"--seed", "7"}).status, 0);
    before_ = Grades();
    course_.Write(std::filesystem::path(kHere) / "graded", "");
  }

  Ended Regrade(std::vector<std::string> more = {}) {
    std::vector<std::string> words = {"regrade", "lab2", "out", "--jobs", "1"};
    words.insert(words.end(), more.begin(), more.end());
    return course_.Run(words);
  }

  std::string before_;
};

TEST_F(RegradeTest, LeavesTheResultsAloneUntilItIsApplied) {
  TurnTheLabRound();
  const Ended regrade = Regrade();
  EXPECT_EQ(regrade.status, 0) << regrade.err;
  EXPECT_THAT(regrade.out,
              MatchesRegex("regrade 1: 3 submissions, 3 gradings now\n"
                           "1 up, 1 down, 1 the same\n"
                           ".*grade diff out shows it; .*grade apply out or .*grade discard out ends it\n"));
  EXPECT_EQ(Grades(), before_);
  const Ended apply = course_.Run({"apply", "out"});
  EXPECT_EQ(apply.status, 0) << apply.err;
  EXPECT_EQ(apply.out, "regrade 1 is applied: 1 up, 1 down, 1 the same\nresults: out/grades.csv\n");
  EXPECT_EQ(Grades(), std::string(kTableHead) +
                          "alice,lab02-reap,4,10,graded,,4,,,,\n"
                          "bob,lab02-reap,10,10,graded,,10,,,,\n"
                          "carol,lab02-reap,6,10,graded,,6,,,,\n");
  EXPECT_THAT(course_.Read("work/out/students/alice/report.txt"), HasSubstr("a dog came"));
  EXPECT_THAT(course_.Read("work/out/junit.xml"), HasSubstr("classname=\"lab02-reap.alice.A\""));
  const Ended again = Run();
  EXPECT_THAT(again.out, HasSubstr("3 hand-ins, 0 graded now"));
}

TEST_F(RegradeTest, TellsWhoGoesUpAndDownAndWhy) {
  TurnTheLabRound();
  Regrade();
  constexpr const char* kChanges =
      "1 up, 1 down, 1 the same\n"
      "\n"
      "up\n"
      "  bob  4 → 10 of 10\n"
      "    A.Two: failed → passed\n"
      "      before: expected a cat, but a dog came\n"
      "\n"
      "down\n"
      "  alice  10 → 4 of 10\n"
      "    A.Two: passed → failed\n"
      "      now: expected a cat, but a dog came\n";
  const Ended open = course_.Run({"diff", "out"});
  EXPECT_EQ(open.status, 0) << open.err;
  EXPECT_THAT(open.out, MatchesRegex("regrade 1, begun .* UTC, neither applied nor discarded; seed 7\n(.|\n)*"));
  EXPECT_EQ(open.out.substr(open.out.find('\n') + 1), kChanges);
  course_.Run({"apply", "out"});
  const Ended applied = course_.Run({"diff", "out"});
  EXPECT_THAT(applied.out, MatchesRegex("regrade 1, begun .* UTC, applied .* UTC; seed 7\n(.|\n)*"));
  EXPECT_EQ(applied.out.substr(applied.out.find('\n') + 1), kChanges);
}

TEST_F(RegradeTest, AnswersToADiscardedOneWithTheOldResults) {
  TurnTheLabRound();
  Regrade();
  const Ended discard = course_.Run({"discard", "out"});
  EXPECT_EQ(discard.out, "regrade 1 is discarded; the results are as they were\n");
  EXPECT_EQ(Grades(), before_);
  EXPECT_EQ(course_.Run({"apply", "out"}).status, 2);
  EXPECT_EQ(course_.Run({"discard", "out"}).status, 2);
  EXPECT_THAT(Regrade().out, HasSubstr("regrade 2: 3 submissions, 3 gradings now"));
  EXPECT_THAT(course_.Run({"diff", "out", "--regrade", "1"}).out, HasSubstr("regrade 1, begun"));
}

TEST_F(RegradeTest, GradesOnlyWhomItIsAskedFor) {
  TurnTheLabRound();
  EXPECT_THAT(Regrade({"--only", "b*"}).out, HasSubstr("regrade 1: 1 submissions, 1 gradings now\n1 up\n"));
  EXPECT_EQ(Graded(), "bob\n");
  course_.Run({"apply", "out"});
  EXPECT_THAT(Grades(), AllOf(HasSubstr("alice,lab02-reap,10,"), HasSubstr("bob,lab02-reap,10,")));
  const Ended nobody = Regrade({"--only", "zed"});
  EXPECT_EQ(nobody.status, 2);
  EXPECT_EQ(nobody.err, "grade: --only zed fits no student of this batch\n");
}

TEST_F(RegradeTest, GoesOnAfterKillAndIsNotAppliedBefore) {
  const std::filesystem::path hold = std::filesystem::path(kHere) / "hold";
  course_.Write(hold, "");
  course_.Checks(
      Replaced(ChecksThatObey(), "case $verdict in",
               "if [ \"$verdict\" = two ] && [ -e \"$HERE/hold\" ]; then verdict=wait; fi\ncase $verdict in"));
  Running killed = course_.Start({"regrade", "lab2", "out", "--jobs", "1"});
  AwaitWaiting();  // so alice's is kept
  killed.Signal(SIGKILL);
  killed.Wait();
  EXPECT_THAT(course_.Run({"apply", "out"}).err, HasSubstr("regrade 1 is not finished"));
  EXPECT_THAT(Regrade({"--seed", "9"}).err, HasSubstr("regrade 1 was begun with another lab, grader, seed"));
  std::filesystem::remove(course_.root() / hold);
  EXPECT_THAT(Regrade().out, HasSubstr("regrade 1: 3 submissions, 2 gradings now\n3 the same\n"));
  EXPECT_EQ(Graded(), "alice\nbob\nbob\ncarol\n");
}

TEST_F(RegradeTest, NamesVerdictsThatAreNotTheSameInAllRounds) {
  HandIn("odd", "odd");
  Run();
  const Ended regrade = Regrade({"--repeat", "4"});
  EXPECT_EQ(regrade.status, 1) << regrade.err;
  EXPECT_THAT(regrade.out, AllOf(HasSubstr("regrade 1: 4 submissions, 16 gradings now\n"),
                                 HasSubstr("not the same in all 4 rounds:\n  odd  A.Two: 2 failed, 2 passed\n")));
  EXPECT_THAT(course_.Run({"diff", "out"}).out, HasSubstr("  odd  A.Two: 2 failed, 2 passed\n"));
  course_.Run({"discard", "out"});
  const Ended stable = Regrade({"--repeat", "3", "--only", "alice", "--only", "bob"});
  EXPECT_EQ(stable.status, 0);
  EXPECT_THAT(stable.out, HasSubstr("every verdict is the same in all 3 rounds\n"));
}

TEST_F(RegradeTest, IsNotReadyWhileAFaultIsLeft) {
  HandIn("bob", "crash");
  TurnTheLabRound();
  Run();
  const Ended regrade = Regrade();
  EXPECT_EQ(regrade.status, 3);
  EXPECT_THAT(regrade.out,
              HasSubstr("1 ended with a fault of the grader or the machine; start the same command again"));
  EXPECT_EQ(course_.Run({"apply", "out"}).status, 2);
}

TEST_F(RegradeTest, LeavesOutHandInsThatHaveChanged) {
  HandIn("bob", "six");
  const Ended regrade = Regrade();
  EXPECT_EQ(regrade.status, 0);
  EXPECT_EQ(Graded(), "alice\ncarol\n");
  EXPECT_THAT(regrade.err,
              HasSubstr("grade: bob is not regraded: its files have changed since; grade batch takes them"));
}

TEST_F(RegradeTest, UnpacksArchivesAgain) {
  course_.Write("work/zoe/reap.cpp", "// by zoe\n");
  course_.Run({}, {"tar", "-C", "zoe", "-czf", "in/zoe.tgz", "reap.cpp", "--exclude"});
  Run();
  std::filesystem::remove_all(course_.work() / "out/unpacked");
  const Ended regrade = Regrade({"--only", "zoe"});
  EXPECT_THAT(regrade.out, HasSubstr("regrade 1: 1 submissions, 1 gradings now\n1 the same\n")) << regrade.err;
}

// A cluster of one node that is this machine: sbatch does the parts of a job one by one.
TEST_F(RegradeTest, IsDoneOnAClusterAsHere) {
  TurnTheLabRound();
  course_.Write("cluster/sbatch",
                "#!/bin/sh\n"
                "for word; do\n"
                "  case $word in --array=*) last=${word##*-} ;; --wrap=*) part=${word#--wrap=} ;; esac\n"
                "done\n"
                "echo \"$last\" >>\"$(dirname \"$0\")/lasts\"\n"
                "for number in $(seq 0 \"$last\"); do SLURM_ARRAY_TASK_ID=$number sh -c \"$part\"; done >&2\n");
  std::filesystem::permissions(course_.root() / "cluster/sbatch", std::filesystem::perms::owner_all);
  const Ended ended = course_.Run({"regrade", "lab2", "out", "--executor", "slurm", "--chunk", "2", "--repeat", "2"},
                                  {"env", "PATH=" + (course_.root() / "cluster").string() + ":/usr/bin:/bin"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("regrade 1: 3 submissions, 6 gradings now\n1 up, 1 down, 1 the same\n"));
  EXPECT_EQ(course_.Read("cluster/lasts"), "2\n");
  EXPECT_FALSE(course_.Has("work/out/slurm"));
  EXPECT_EQ(Grades(), before_);
}

TEST_F(RegradeTest, SaysWhatIsWrongInOneLine) {
  EXPECT_EQ(course_.Run({"diff", "out"}).err, "grade: this batch was never regraded; see grade regrade --help\n");
  EXPECT_EQ(course_.Run({"diff", "nowhere"}).err,
            "grade: nowhere holds no results; name a folder that grade batch has filled\n");
  const Ended other = course_.Run({"regrade", "lab1", "out"});
  EXPECT_EQ(other.status, 2);
  EXPECT_EQ(other.err, "grade: out holds results of lab02-reap, not of lab01-fork\n");
}

}  // namespace
}  // namespace grader::cli
