#include "grader/os/cgroup.h"

#include <gtest/gtest.h>

namespace grader::os {
namespace {

constexpr char kBothVersions[] =
    "30 20 0:26 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n"
    "31 20 0:27 / /sys/fs/cgroup/cpu rw,relatime shared:3 - cgroup cgroup rw,cpu,cpuacct\n"
    "32 20 0:28 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";

TEST(FindCgroup, FindsTheVersionOneFolderOfAController) {
  EXPECT_EQ(FindCgroup("4:memory:/user/me\n0::/\n", kBothVersions, "memory"), "/sys/fs/cgroup/memory/user/me");
  EXPECT_EQ(FindCgroup("2:cpu,cpuacct:/\n", kBothVersions, "cpuacct"), "/sys/fs/cgroup/cpu");
}

TEST(FindCgroup, FindsTheVersionTwoFolder) {
  EXPECT_EQ(FindCgroup("4:memory:/x\n0::/session.scope\n", kBothVersions, ""), "/sys/fs/cgroup/unified/session.scope");
}

TEST(FindCgroup, TakesOffTheMountsRoot) {
  constexpr char kContainer[] = "32 20 0:28 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup rw\n";
  EXPECT_EQ(FindCgroup("0::/docker/abc/job\n", kContainer, ""), "/sys/fs/cgroup/job");
  EXPECT_EQ(FindCgroup("0::/docker/abc\n", kContainer, ""), "/sys/fs/cgroup");
  EXPECT_EQ(FindCgroup("0::/docker/abcdef\n", kContainer, ""), std::nullopt);
  EXPECT_EQ(FindCgroup("0::/elsewhere\n", kContainer, ""), std::nullopt);
}

TEST(FindCgroup, IsEmptyForWhatIsNotThere) {
  EXPECT_EQ(FindCgroup("4:memory:/x\n", kBothVersions, "pids"), std::nullopt);
  EXPECT_EQ(FindCgroup("4:memory:/x\n", "", "memory"), std::nullopt);
  EXPECT_EQ(FindCgroup("", kBothVersions, "memory"), std::nullopt);
  EXPECT_EQ(FindCgroup("0::/../sibling\n", kBothVersions, ""), std::nullopt);
  EXPECT_EQ(FindCgroup("no colons\n", "no dash\n", ""), std::nullopt);
}

TEST(FindCgroup, DoesNotTakeAControllerForItsPrefix) {
  EXPECT_EQ(FindCgroup("2:cpu,cpuacct:/a\n3:cpuset:/b\n", kBothVersions, "cpus"), std::nullopt);
}

}  // namespace
}  // namespace grader::os
