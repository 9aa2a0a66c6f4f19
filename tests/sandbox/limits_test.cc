#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>

#include "inside.h"

namespace grader::sandbox {
namespace {

using testing::HasSubstr;

class Limited : public SandboxTest {
 protected:
  bool Works(const std::string& facility) {
    return std::ranges::any_of(spawner().tier().facilities,
                               [&](const Facility& found) { return found.name == facility && found.works; });
  }
};

TEST_F(Limited, MemoryIsThatOfAllProcessesTogether) {
  if (!Works("memory cgroup")) GTEST_SKIP() << "without a memory cgroup the observer judges the sum";
  // One alone is far below the limit, the four are above it.
  auto request = Program("eat_memory", {"4", "24"});
  request.limits.memory = os::MiB(64);
  const auto run = RunInside(spawner(), request);
  EXPECT_TRUE(run.usage.out_of_memory);
  EXPECT_GE(run.usage.memory_peak, os::MiB(48));
  EXPECT_LE(run.usage.memory_peak, os::MiB(64));
  auto fitting = Program("eat_memory", {"2", "16"});
  fitting.limits.memory = os::MiB(64);
  const auto next = RunInside(spawner(), fitting);
  EXPECT_FALSE(next.usage.out_of_memory) << "the next sandbox starts afresh";
  EXPECT_EQ(next.wait_status, 0);
}

TEST_F(Limited, MemoryInFilesCountsToo) {
  if (!Works("memory cgroup")) GTEST_SKIP() << "without a memory cgroup nothing counts it";
  auto request = Program("fill", {"/dev/shm/file", "100"});
  request.limits.memory = os::MiB(32);
  const auto run = RunInside(spawner(), request);
  EXPECT_TRUE(run.usage.out_of_memory);
}

TEST_F(Limited, ProcessesAreCountedTogether) {
  auto request = Program("fork_until_refused");
  request.limits.processes = 20;
  const auto run = RunInside(spawner(), request);
  EXPECT_EQ(run.out, "19 EAGAIN\n") << "20 with the first process";
  EXPECT_EQ(run.usage.out_of_processes, Works("pids cgroup"));
}

TEST_F(Limited, PrivateFoldersAreNoLargerThanTheDisk) {
  for (const char* path : {"/work/file", "/tmp/file", "/dev/shm/file"}) {
    auto request = Program("fill", {path, "16"});
    request.limits.disk = os::MiB(8);
    EXPECT_EQ(RunInside(spawner(), request).out, "8 ENOSPC\n") << path;
  }
}

TEST_F(Limited, FilesAreNoLargerThanTheLimit) {
  auto request = Program("fill", {"/work/file", "16"});
  request.limits.file_size = os::MiB(4);
  EXPECT_EQ(RunInside(spawner(), request).out, "4 EFBIG\n");
}

TEST_F(Limited, DescriptorsAreLimitedPerProcess) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "ulimit -n; ulimit -c"};
  request.limits.open_files = 40;
  EXPECT_EQ(RunInside(spawner(), request).out, "40\n0\n");
}

TEST_F(Limited, ComputingForEverEndsEvenWithoutAnObserver) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "while :; do :; done"};
  request.limits.cpu_time = std::chrono::milliseconds(1);
  const auto run = RunInside(spawner(), request);
  ASSERT_TRUE(WIFSIGNALED(run.wait_status));
  EXPECT_EQ(WTERMSIG(run.wait_status), SIGKILL);
}

TEST_F(Limited, CpuTimeOfTheDeadCounts) {
  // Ten children one after another, each burning processor time until its own clock says 20 ms.
  LaunchRequest request;
  request.command.argv = {"/usr/bin/python3", "-c",
                          "import os, time\n"
                          "for _ in range(10):\n"
                          "  if os.fork() == 0:\n"
                          "    while time.process_time() < 0.02: pass\n"
                          "    os._exit(0)\n"
                          "  os.wait()\n"};
  const auto run = RunInside(spawner(), request);
  EXPECT_EQ(run.wait_status, 0) << run.err;
  EXPECT_GE(run.usage.cpu_time, std::chrono::milliseconds(180));
}

}  // namespace
}  // namespace grader::sandbox
