// A batch on machines that fail: killed at any moment, out of room, and with hand-ins that cannot be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <random>

#include "tests/batch/archive_writer.h"
#include "tests/cli/batch_fixture.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

using batch::testing::ArchiveFormat;
using batch::testing::WriteArchive;

class BatchOnABadMachine : public BatchFixture {
 protected:
  // All kinds of hand-ins; grades.csv if nothing goes wrong.
  std::string HandInAll() {
    HandIn("carl", "six");
    course_.Write("work/in/dora/reap.cpp", "// by alice\n");  // the same as alice's
    WriteArchive(course_.work() / "in/emil.zip", ArchiveFormat::kZip, {{"lab/reap.cpp", "// by emil\n"}});
    WriteArchive(course_.work() / "in/finn.zip", ArchiveFormat::kZip, {{"../reap.cpp", "x"}});
    course_.Write("work/r.csv", "id,name\nalice,Alice\nzed,Zed\n");
    const Ended ended = course_.Run({"batch", "lab2", "in", "--out", "whole", "--roster", "r.csv", "--seed", "5"});
    EXPECT_EQ(ended.status, 0) << ended.err;
    return course_.Read("work/whole/grades.csv");
  }
};

// How many kills; the soak asks for more.
int Kills() {
  constexpr int kFew = 8;
  const char* asked = std::getenv("GRADE_KILLS");
  return asked == nullptr ? kFew : std::atoi(asked);
}

TEST_F(BatchOnABadMachine, EndsWithTheSameGradesWheneverItIsKilled) {
  const auto begun = std::chrono::steady_clock::now();
  const std::string grades = HandInAll();
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  std::mt19937 random(20261130);  // NOLINT(cert-msc51-cpp): the same moments each time
  std::uniform_int_distribution<std::int64_t> moments(0, whole.count());
  const std::vector<std::string> words = {"batch", "lab2", "in", "--out", "out", "--roster", "r.csv", "--seed", "5"};
  for (int kill = 1; kill <= Kills(); ++kill) {
    Running running = course_.Start(words);
    // sleep under test: the moment of death is what varies, and nothing that is expected depends on it
    const timespec moment{0, moments(random) * 1000 % 1'000'000'000};
    ppoll(nullptr, 0, &moment, nullptr);
    running.Signal(SIGKILL);
    running.Wait();
    if (kill % 3 != 0) continue;  // two more deaths in the middle of what the first one left
    const Ended ended = course_.Run(words);
    ASSERT_EQ(ended.status, 0) << ended.err;
    ASSERT_EQ(course_.Read("work/out/grades.csv"), grades) << "after kill " << kill;
    fs::remove_all(course_.work() / "out");
  }
  EXPECT_EQ(course_.Run(words).status, 0);
  EXPECT_EQ(course_.Read("work/out/grades.csv"), grades);
}

// The first run in a file system of `size`, and what it said; then the same command with room enough, and the grades.
constexpr const char* kFullDisk = R"(
  mkdir -p small && mount -t tmpfs -o "size=$SIZE" tmpfs small || exit 77
  "$@" 2>first; echo "first $?"
  mount -o remount,size=64m small || exit 77
  "$@" 2>second; echo "second $?"
  cat small/grades.csv
)";

TEST_F(BatchOnABadMachine, StopsOnAFullDiskAndGoesOnWhenThereIsRoom) {
  const std::string grades = HandInAll();
  int full = 0;
  for (const char* size : {"4k", "48k", "96k", "128k", "160k", "192k"}) {
    const Ended ended =
        course_.Run({"batch", "lab2", "in", "--out", "small", "--roster", "r.csv", "--seed", "5"},
                    {"unshare", "-rm", "env", std::string("SIZE=") + size, "sh", "-c", kFullDisk, "sh"});
    if (ended.err.find("unshare") != std::string::npos || ended.status == 77) {
      const char* ci = std::getenv("CI");
      if (ci != nullptr && std::string(ci) == "true") FAIL() << ended.err;
      GTEST_SKIP() << ended.err;
    }
    ASSERT_THAT(ended.out, AnyOf(StartsWith("first 3\n"), HasSubstr("first 0\n"))) << course_.Read("work/first");
    if (ended.out.starts_with("first 3\n")) {
      ++full;
      const auto said = course_.Read("work/first");
      const auto line = said.rfind("grade: ");
      ASSERT_NE(line, std::string::npos) << size << ": " << said;
      EXPECT_TRUE(std::count(said.begin() + static_cast<std::ptrdiff_t>(line), said.end(), '\n') == 1) << said;
      EXPECT_THAT(said.substr(line), AnyOf(HasSubstr("disk is full"), HasSubstr("No space left"))) << size;
    }
    EXPECT_THAT(ended.out, HasSubstr("\nsecond 0\n")) << course_.Read("work/second");
    EXPECT_TRUE(ended.out.ends_with(grades)) << size << ": " << ended.out;
  }
  EXPECT_GT(full, 1) << "the disks were not small enough to show anything";
}

// Root may read everything, so this runs as nobody where the tests run as root.
TEST_F(BatchOnABadMachine, RefusesWhatCannotBeReadAndGoesOn) {
  WriteArchive(course_.work() / "in/emil.zip", ArchiveFormat::kZip, {{"reap.cpp", "// by emil\n"}});
  HandIn("fay", "");
  HandIn("gus", "");
  fs::permissions(course_.work() / "in/bob", fs::perms(0));
  fs::permissions(course_.work() / "in/emil.zip", fs::perms(0));
  fs::permissions(course_.work() / "in/fay/reap.cpp", fs::perms(0));
  std::vector<std::string> before;
  if (geteuid() == 0) {
    before = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
    for (const char* folder : {"work", "home", kHere}) fs::permissions(course_.root() / folder, fs::perms(0777));
  }
  const Ended ended = course_.Run({"batch", "lab2", "in", "--out", "out", "--jobs", "1"}, before);
  fs::permissions(course_.work() / "in/bob", fs::perms(0755));
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(Grades(), std::string(kTableHead) +
                          "alice,lab02-reap,10,10,graded,,10,,,,\n"
                          "bob,lab02-reap,0,10,refused,,0,,,,it cannot be read: Permission denied\n"
                          "emil,lab02-reap,0,10,refused,,0,,,,it cannot be read: Permission denied\n"
                          "fay,lab02-reap,0,10,refused,,0,,,,it cannot be read: Permission denied\n"
                          "gus,lab02-reap,10,10,graded,,10,,,,\n");
}

}  // namespace
}  // namespace grader::cli
