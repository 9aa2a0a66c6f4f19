// Nothing outlives a sandbox.
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <string>

#include "grader/os/cgroup.h"
#include "grader/os/pidfd.h"
#include "grader/os/procfs.h"
#include "inside.h"

extern char** environ;

namespace grader::sandbox {
namespace {

class End : public SandboxTest {};

TEST_F(End, DaemonsAreReportedAsAdoptedOrKilled) {
  const auto sandbox = spawner().Launch(Program("daemon"));
  sandbox->Release();
  ASSERT_TRUE(AwaitText(sandbox->Stdout(), "daemon"));
  grader::sandbox::End(*sandbox);
  // The daemon held the other end of stdout: at end of file it is gone.
  EXPECT_EQ(ReadAll(sandbox->Stdout()), "");
}

TEST_F(End, OrphansAreReapedAndTold) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "(sh -c 'exit 7' & ) ; read never"};
  const auto sandbox = spawner().Launch(request);
  sandbox->Release();
  const Notice notice = AwaitNotice(*sandbox);
  EXPECT_EQ(notice.kind, Notice::Kind::kReaped);
  EXPECT_GT(notice.pid, 3);
  EXPECT_EQ(WEXITSTATUS(notice.wait_status), 7);
  sandbox->Stdin().Close();
  EXPECT_EQ(AwaitNotice(*sandbox).kind, Notice::Kind::kTargetEnded);
}

TEST_F(End, StoppedProgramsDieToo) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "echo here; kill -STOP $$"};
  const auto sandbox = spawner().Launch(request);
  sandbox->Release();
  ASSERT_TRUE(AwaitText(sandbox->Stdout(), "here"));
  grader::sandbox::End(*sandbox);
  EXPECT_EQ(ReadAll(sandbox->Stdout()), "");
}

TEST_F(End, DestructionKills) {
  auto sandbox = spawner().Launch(Program("say_and_wait"));
  sandbox->Release();
  const os::Fd target = os::OpenPidfd(sandbox->target());
  sandbox.reset();
  AwaitReadable(target.get());
}

TEST_F(End, UnreleasedTargetDiesToo) {
  auto sandbox = spawner().Launch(Program("say_and_wait"));
  const os::Fd target = os::OpenPidfd(sandbox->target());
  sandbox.reset();
  AwaitReadable(target.get());
}

TEST_F(End, KillMayBeCalledAgainAndLate) {
  const auto sandbox = spawner().Launch(Program("say_and_wait"));
  grader::sandbox::End(*sandbox);
  sandbox->Kill();
  EXPECT_FALSE(sandbox->NextNotice().has_value());
  EXPECT_THROW(sandbox->OpenInside("/work"), std::system_error);
}

// Names of the cgroups a spawner has made.
std::vector<std::string> CgroupsOf(pid_t spawner) {
  std::vector<std::string> names;
  for (const char* controller : {"", "memory", "pids", "cpuacct"}) {
    const auto own = os::OwnCgroup(controller);
    if (!own) continue;
    for (const auto& entry : std::filesystem::directory_iterator(*own)) {
      const std::string name = entry.path().filename();
      if (name.starts_with("grade-") && name.find("-" + std::to_string(spawner) + "-") != std::string::npos) {
        names.push_back(entry.path());
      }
    }
  }
  return names;
}

TEST_F(End, KillingTheGraderLeavesNothing) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  os::Fd told(ends[0]);
  os::Fd tell(ends[1]);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, tell.get(), STDOUT_FILENO);
  std::string grader = ProgramFolder() + "/abandon";
  std::string program = ProgramFolder() + "/say_and_wait";
  char* arguments[] = {grader.data(), program.data(), nullptr};
  pid_t pid = 0;
  ASSERT_EQ(::posix_spawn(&pid, grader.c_str(), &actions, nullptr, arguments, environ), 0);
  ::posix_spawn_file_actions_destroy(&actions);
  tell.Close();

  char line[64] = {};
  ASSERT_GT(::read(told.get(), line, sizeof line - 1), 0);
  int init = 0;
  int target = 0;
  ASSERT_EQ(std::sscanf(line, "%d %d", &init, &target), 2);
  const auto stat = os::ReadStat(os::OpenProc(), std::to_string(init));
  ASSERT_TRUE(stat.has_value());
  const os::Fd spawner_end = os::OpenPidfd(stat->parent);
  const os::Fd init_end = os::OpenPidfd(init);
  const os::Fd target_end = os::OpenPidfd(target);

  ::kill(pid, SIGKILL);
  ::waitpid(pid, nullptr, 0);
  for (const os::Fd* end : {&target_end, &init_end, &spawner_end}) AwaitReadable(end->get());
  EXPECT_THAT(CgroupsOf(stat->parent), testing::IsEmpty());
}

}  // namespace
}  // namespace grader::sandbox
