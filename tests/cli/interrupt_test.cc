#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>

#include <fstream>

#include "grader/os/pidfd.h"
#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::HasSubstr;

// Says which process it is, through a fifo, and then waits for ever.
const char* const kHang = "echo $$ > \"$HERE/fifo\"\nexec tail -f /dev/null\n";

class HangingChecks : public testing::Test {
 protected:
  HangingChecks() {
    fifo_ = course_.root() / "libexec/grade/labs/lab02-reap/fifo";
    EXPECT_EQ(mkfifo(fifo_.c_str(), 0600), 0);
  }

  // The process that hangs, as soon as it does.
  os::Fd Hanging() const {
    pid_t pid = 0;
    std::ifstream(fifo_) >> pid;
    return os::OpenPidfd(pid);
  }

  static void ExpectEnds(const os::Fd& process) {
    pollfd ended{process.get(), POLLIN, 0};
    EXPECT_EQ(poll(&ended, 1, 60'000), 1);
  }

  FakeCourse course_;
  std::filesystem::path fifo_;
};

class Interrupt : public HangingChecks, public testing::WithParamInterface<int> {};

TEST_P(Interrupt, EndsTheChecksAndLeavesNoReport) {
  course_.Checks(FakeCourse::Say({StartedEvent(), Passed("A.One", 4)}) + kHang);
  Running grade = course_.Start({"lab2", "--json", "r.json"});
  const os::Fd checks = Hanging();
  grade.Signal(GetParam());
  const Ended ended = grade.Wait();
  EXPECT_EQ(ended.status, 128 + GetParam());
  EXPECT_THAT(ended.err, HasSubstr("grade: interrupted"));
  ExpectEnds(checks);
  EXPECT_FALSE(course_.Has("work/r.json"));
  EXPECT_FALSE(course_.Has("work/.grade/lab02-reap.junit.xml"));
}
INSTANTIATE_TEST_SUITE_P(EachSignal, Interrupt, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST_F(HangingChecks, AreKilledIfTheyIgnoreIt) {
  course_.Checks("trap '' TERM\n" + FakeCourse::Say({StartedEvent()}) + kHang);
  Running grade = course_.Start({"lab2"});
  const os::Fd checks = Hanging();
  grade.Signal(SIGINT);
  EXPECT_EQ(grade.Wait().status, 128 + SIGINT);
  ExpectEnds(checks);
}

TEST_F(HangingChecks, AnIgnoredSignalStaysIgnored) {
  course_.Checks(FakeCourse::Say(FullMarks()) + "echo $$ > \"$HERE/fifo\"\nread line < \"$HERE/fifo\"\n");
  Running grade = course_.Start({"lab2"}, {"nohup"});
  Hanging();
  grade.Signal(SIGHUP);
  std::ofstream(fifo_) << "go on\n";
  EXPECT_EQ(grade.Wait().status, 0);
}

TEST_F(HangingChecks, DieWithGrade) {
  course_.Checks(FakeCourse::Say({StartedEvent()}) + kHang);
  Running grade = course_.Start({"lab2"});
  const os::Fd checks = Hanging();
  grade.Signal(SIGKILL);
  grade.Wait();
  ExpectEnds(checks);
}

TEST_F(HangingChecks, NothingOutlivesTheChecks) {
  course_.Checks("tail -f /dev/null </dev/null >/dev/null 2>&1 3>&- &\necho $! > \"$HERE/fifo\"\n" +
                 FakeCourse::Say(FullMarks()));
  Running grade = course_.Start({"lab2"});
  const os::Fd stray = Hanging();
  EXPECT_EQ(grade.Wait().status, 0);
  ExpectEnds(stray);
}

TEST_F(HangingChecks, CheckLabsLeavesNoFolderBehind) {
  course_.Checks(FakeCourse::Say({StartedEvent()}) + kHang);
  std::filesystem::create_directory(course_.root() / "tmp");
  Running grade =
      course_.Start({"check-labs", "lab2", "--jobs", "1"}, {"env", "TMPDIR=" + (course_.root() / "tmp").string()});
  const os::Fd checks = Hanging();
  grade.Signal(SIGINT);
  EXPECT_EQ(grade.Wait().status, 128 + SIGINT);
  ExpectEnds(checks);
  EXPECT_TRUE(std::filesystem::is_empty(course_.root() / "tmp"));
}

}  // namespace
}  // namespace grader::cli
