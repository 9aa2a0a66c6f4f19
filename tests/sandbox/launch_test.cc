#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>
#include <thread>

#include "grader/os/procfs.h"
#include "grader/sandbox/set_up_error.h"
#include "inside.h"

namespace grader::sandbox {
namespace {

using testing::HasSubstr;

class Launch : public SandboxTest {
 protected:
  Ended Echo(const std::string& word) {
    LaunchRequest request;
    request.command.argv = {"/bin/echo", word};
    return RunInside(spawner(), request);
  }
};

TEST_F(Launch, ReportsTheExitStatus) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "exit 42"};
  const auto run = RunInside(spawner(), request);
  ASSERT_TRUE(WIFEXITED(run.wait_status));
  EXPECT_EQ(WEXITSTATUS(run.wait_status), 42);
}

TEST_F(Launch, ReportsTheSignal) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "kill -TERM $$"};
  const auto run = RunInside(spawner(), request);
  ASSERT_TRUE(WIFSIGNALED(run.wait_status)) << "not ignored, as it would be by a pid 1";
  EXPECT_EQ(WTERMSIG(run.wait_status), SIGTERM);
}

TEST_F(Launch, ReportsThatExecFailed) {
  const auto run = RunInside(spawner(), Program("no_such_program"));
  ASSERT_FALSE(run.notices.empty());
  EXPECT_EQ(run.notices.front().kind, Notice::Kind::kExecFailed);
  EXPECT_EQ(run.notices.front().error, ENOENT);
}

TEST_F(Launch, WrongDirectoryIsASetUpFault) {
  auto request = Program("identity");
  request.command.directory = "/no/such/folder";
  try {
    spawner().Launch(request);
    FAIL() << "launched";
  } catch (const SetUpError& fault) {
    EXPECT_THAT(fault.what(), HasSubstr("working directory"));
  }
  EXPECT_EQ(Echo("on").out, "on\n");
}

TEST_F(Launch, EmptyCommandIsASetUpFault) { EXPECT_THROW(spawner().Launch({}), SetUpError); }

TEST_F(Launch, OverlongArgumentsAreASetUpFault) {
  LaunchRequest request;
  request.command.argv = {"/bin/echo", std::string(1 << 20, 'x')};
  EXPECT_THROW(spawner().Launch(request), SetUpError);
}

TEST_F(Launch, PassesArgumentsAndStreamsAsTheyAre) {
  LaunchRequest request;
  request.command.argv = {"/bin/cat", "-"};
  const auto sandbox = spawner().Launch(request);
  sandbox->Release();
  const std::string bytes("a\0b\xff\n", 5);
  ASSERT_EQ(::write(sandbox->Stdin().get(), bytes.data(), bytes.size()), 5);
  sandbox->Stdin().Close();
  EXPECT_EQ(AwaitNotice(*sandbox).kind, Notice::Kind::kTargetEnded);
  End(*sandbox);
  EXPECT_EQ(ReadAll(sandbox->Stdout()), bytes);
}

TEST_F(Launch, TargetWaitsForItsRelease) {
  const auto sandbox = spawner().Launch(Program("say_and_wait"));
  const os::Fd proc = os::OpenProc();
  const auto stat = os::ReadStat(proc, std::to_string(sandbox->target()));
  ASSERT_TRUE(stat.has_value());
  EXPECT_NE(stat->name, "say_and_wait");
  EXPECT_EQ(stat->parent, sandbox->init());
  sandbox->Release();
  ASSERT_TRUE(AwaitText(sandbox->Stdout(), "ready"));
  EXPECT_EQ(os::ReadStat(proc, std::to_string(sandbox->target()))->name, "say_and_wait");
}

TEST_F(Launch, ManyLeakNothing) {
  const os::Fd proc = os::OpenProc();
  // The spawner is the parent of every init.
  const auto spawner_id = [&] {
    const auto sandbox = spawner().Launch(Program("say_and_wait"));
    return os::ReadStat(proc, std::to_string(sandbox->init()))->parent;
  }();
  const auto descriptors = [] { return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {}); };
  const auto launch = [&](int times) {
    for (int i = 0; i < times; ++i) ASSERT_EQ(Echo("x").out, "x\n");
  };
  launch(20);
  const auto ours = descriptors();
  const auto memory = os::ReadResidentMemory(proc, spawner_id);
  // The spawner may open so many and no more: a leak of one a launch ends the launches.
  const rlimit few{64, 64};
  ASSERT_EQ(::prlimit(spawner_id, RLIMIT_NOFILE, &few, nullptr), 0);
  launch(200);
  EXPECT_EQ(descriptors(), ours);
  const auto after = os::ReadResidentMemory(proc, spawner_id);
  ASSERT_TRUE(memory && after);
  EXPECT_LE(after->count, memory->count + os::KiB(256).count);
}

TEST_F(Launch, ThreadsLaunchAtOnce) {
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < 10; ++i) {
        const std::string word = std::to_string(thread) + "-" + std::to_string(i);
        EXPECT_EQ(Echo(word).out, word + "\n");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(Launch, SandboxesAtOnceDoNotSeeEachOther) {
  const auto other = spawner().Launch(Program("say_and_wait"));
  other->Release();
  ASSERT_TRUE(AwaitText(other->Stdout(), "ready"));
  const auto run = RunInside(spawner(), Program("identity"));
  const auto pid = Values(run.out, "pid");
  ASSERT_EQ(pid.size(), 1U);
  EXPECT_EQ(Values(run.out, "processes").front(), "1 " + pid.front());
}

TEST_F(Launch, ReportNamesEveryFacility) {
  std::vector<std::string> names;
  for (const Facility& facility : spawner().tier().facilities) {
    names.push_back(facility.name);
    EXPECT_FALSE(facility.detail.empty()) << facility.name;
  }
  EXPECT_EQ(spawner().tier().tier, Tier::kFull);
  EXPECT_THAT(names, testing::IsSupersetOf({"user namespace", "pid namespace", "mount namespace", "network namespace",
                                            "ipc namespace", "uts namespace", "cgroup namespace", "seccomp", "Landlock",
                                            "memory cgroup", "pids cgroup", "cgroup.kill", "ptrace"}));
}

}  // namespace
}  // namespace grader::sandbox
