// A batch on a Slurm cluster of two nodes on this machine, one of which dies. Takes a minute: tests/run --soak.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/cli/batch_fixture.h"

namespace grader::cli {
namespace {

using ::testing::HasSubstr;

class Slurm : public BatchFixture {
 protected:
  void SetUp() override {
    if (geteuid() != 0) GTEST_SKIP() << "daemons of a cluster want root";
    for (const char* program : {"/usr/sbin/slurmctld", "/usr/sbin/munged"}) {
      if (access(program, X_OK) != 0) GTEST_SKIP() << program << " is missing: apt install slurm-wlm munge";
    }
    for (const char* student : {"carl", "dora", "emil", "finn"}) HandIn(student, "six");
    EXPECT_EQ(Run({"--seed", "5"}).status, 0);
    grades_ = Grades();
  }

  // A shell script on the cluster, with the command for a batch as its arguments.
  Ended OnCluster(const std::string& script) const {
    return course_.Run({"batch", "lab2", "in", "--out", "far", "--seed", "5", "--executor", "slurm", "--chunk", "1"},
                       {SLURM_CLUSTER, (course_.root() / "cluster").string(), "sh", "-c", script, "sh"});
  }

  std::string grades_;
};

TEST_F(Slurm, GradesAsThisMachineDoes) {
  const Ended ended = OnCluster("\"$@\"");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("6 hand-ins, 6 graded now\n"));
  EXPECT_EQ(course_.Read("work/far/grades.csv"), grades_);
  EXPECT_FALSE(course_.Has("work/far/slurm"));
}

TEST_F(Slurm, LosesNothingWhenANodeDies) {
  // The first grading of all says on which node it is, and waits to die with it.
  course_.Checks(
      "if mkdir \"$HERE/held\" 2>/dev/null; then echo \"$SLURMD_NODENAME\" >\"$HERE/fifo\"; exec tail -f /dev/null; "
      "fi\n" +
      ChecksThatObey());
  const std::string fifo = (course_.root() / kHere / "fifo").string();
  const std::string cluster = (course_.root() / "cluster").string();
  // What Slurm puts off after a loss starts at once.
  const Ended ended = OnCluster("\"$@\" & grade=$!\nread -r node <" + fifo + "\nkill -9 $(cat " + cluster +
                                "/$node.unshare)\n"
                                "while kill -0 $grade 2>/dev/null; do\n"
                                "  for task in $(squeue -h -r -t pending -o %i); do\n"
                                "    scontrol update JobId=$task StartTime=now 2>/dev/null\n"
                                "  done\n"
                                "  sleep 1 # sleep under test: Slurm tells nobody that it has given up a node\n"
                                "done\nwait $grade\n");
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(course_.Read("work/far/grades.csv"), grades_);
}

}  // namespace
}  // namespace grader::cli
