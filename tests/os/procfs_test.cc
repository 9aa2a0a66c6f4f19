#include "grader/os/procfs.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <string>

namespace grader::os {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr char kRest[] =
    " S 41 42 42 0 -1 4194304 100 0 0 0 7 5 3 1 20 0 2 0 500 1000000 250 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 "
    "17 "
    "1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

TEST(ParseStat, ReadsTheFields) {
  const auto stat = ParseStat("42 (worker)" + std::string(kRest));
  ASSERT_TRUE(stat.has_value());
  EXPECT_EQ(stat->pid, 42);
  EXPECT_EQ(stat->name, "worker");
  EXPECT_EQ(stat->state, 'S');
  EXPECT_EQ(stat->parent, 41);
  EXPECT_EQ(stat->threads, 2);
  const auto tick = nanoseconds(std::chrono::seconds(1)) / ::sysconf(_SC_CLK_TCK);
  EXPECT_EQ(stat->user_time, 7 * tick);
  EXPECT_EQ(stat->system_time, 5 * tick);
  EXPECT_EQ(stat->waited_children_time, 4 * tick);
}

TEST(ParseStat, ToleratesAnyName) {
  for (const std::string name : {"a b", "(", ")", ") R 1 (", "x) S 9 9", "\n", ""}) {
    const auto stat = ParseStat("42 (" + name + ")" + kRest);
    ASSERT_TRUE(stat.has_value()) << name;
    EXPECT_EQ(stat->name, name);
    EXPECT_EQ(stat->parent, 41);
  }
}

TEST(ParseStat, RefusesWhatIsCutShort) {
  for (const char* text : {"", "42", "42 (x", ")(", "(x) S", "42 (x)", "42 (x) S 1 2 3", "no (x) S 1"}) {
    EXPECT_EQ(ParseStat(text), std::nullopt) << text;
  }
}

TEST(ParseScheduleStat, ReadsThreeNumbers) {
  const auto stat = ParseScheduleStat("1500 20 3\n");
  ASSERT_TRUE(stat.has_value());
  EXPECT_EQ(stat->ran, nanoseconds(1500));
  EXPECT_EQ(stat->waited, nanoseconds(20));
  EXPECT_EQ(stat->slices, 3U);
  EXPECT_EQ(ParseScheduleStat("1500 20"), std::nullopt);
  EXPECT_EQ(ParseScheduleStat("a b c"), std::nullopt);
}

TEST(StatusField, FindsALineByItsWholeName) {
  constexpr char kStatus[] = "Name:\tx\nVmPeak:\t  120 kB\nVmPeakOther:\t1\nSigCgt:\t0000000000000001\nEmpty:\n";
  EXPECT_EQ(StatusField(kStatus, "VmPeak"), "120 kB");
  EXPECT_EQ(StatusField(kStatus, "SigCgt"), "0000000000000001");
  EXPECT_EQ(StatusField(kStatus, "Empty"), "");
  EXPECT_EQ(StatusField(kStatus, "Vm"), std::nullopt);
  EXPECT_EQ(StatusField("", "Vm"), std::nullopt);
}

TEST(Procfs, DescribesThisProcess) {
  const Fd proc = OpenProc();
  const auto stat = ReadStat(proc, std::to_string(::getpid()));
  ASSERT_TRUE(stat.has_value());
  EXPECT_EQ(stat->parent, ::getppid());
  EXPECT_EQ(stat->state, 'R');
  EXPECT_GT(ReadResidentMemory(proc, ::getpid())->count, 0U);
  EXPECT_TRUE(std::ranges::count(Processes(proc), ::getpid()) == 1);
  EXPECT_TRUE(std::ranges::count(Threads(proc, ::getpid()), ::getpid()) == 1);
}

TEST(Procfs, ListsOpenFilesWithWhatTheyAre) {
  const Fd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const auto files = OpenFiles(OpenProc(), ::getpid());
  const auto found = std::ranges::find(files, null.get(), &OpenFile::number);
  ASSERT_NE(found, files.end());
  EXPECT_EQ(found->link, "/dev/null");
}

TEST(Procfs, SaysNothingOfAProcessThatIsNot) {
  const Fd proc = OpenProc();
  constexpr pid_t kNobody = 0x7fffffff;
  EXPECT_EQ(ReadStat(proc, std::to_string(kNobody)), std::nullopt);
  EXPECT_EQ(ReadScheduleStat(proc, std::to_string(kNobody)), std::nullopt);
  EXPECT_EQ(ReadResidentMemory(proc, kNobody), std::nullopt);
  EXPECT_TRUE(Threads(proc, kNobody).empty());
  EXPECT_TRUE(OpenFiles(proc, kNobody).empty());
}

}  // namespace
}  // namespace grader::os
