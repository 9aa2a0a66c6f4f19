// Nothing outlives a sandbox.
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
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
    std::error_code covered;  // as in a container
    for (const auto& entry : std::filesystem::directory_iterator(*own, covered)) {
      const std::string name = entry.path().filename();
      if (name.starts_with("grade-") && name.find("-" + std::to_string(spawner) + "-") != std::string::npos) {
        names.push_back(entry.path());
      }
    }
  }
  return names;
}

bool Holds(const std::string& cgroup, pid_t process) {
  std::ifstream processes(cgroup + "/cgroup.procs");
  return std::find(std::istream_iterator<pid_t>(processes), {}, process) != std::istream_iterator<pid_t>();
}

// A grader that has started a sandbox, in which a program waits; seen from outside.
class Abandoned {
 public:
  Abandoned() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) os::ThrowErrno("pipe");
    const os::Fd told(ends[0]);
    os::Fd tell(ends[1]);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, tell.get(), STDOUT_FILENO);
    std::string grader = ProgramFolder() + "/abandon";
    std::string program = ProgramFolder() + "/say_and_wait";
    char* arguments[] = {grader.data(), program.data(), nullptr};
    const int error = ::posix_spawn(&grader_, grader.c_str(), &actions, nullptr, arguments, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) throw std::system_error(error, std::generic_category(), grader);
    tell.Close();
    Introduce(told);
  }
  Abandoned(const Abandoned&) = delete;
  ~Abandoned() { KillGrader(); }

  pid_t spawner() const { return spawner_; }

  // Of the spawner's cgroups those the program is in. Others come and go: it clears up, and makes some ahead.
  std::vector<std::string> CgroupsInUse() const {
    auto names = CgroupsOf(spawner_);
    std::erase_if(names, [this](const std::string& name) { return !Holds(name, target_); });
    return names;
  }

  void KillGrader() {
    if (grader_ <= 0) return;
    ::kill(grader_, SIGKILL);
    ::waitpid(grader_, nullptr, 0);
    grader_ = 0;
  }

  void KillSpawner() const { ::kill(spawner_, SIGKILL); }

  // Until spawner, init and target have ended.
  void AwaitEnd() const {
    for (const os::Fd& end : ends_) AwaitReadable(end.get());
  }

 private:
  void Introduce(const os::Fd& told) {
    char line[64] = {};
    int init = 0;
    const bool introduced =
        ::read(told.get(), line, sizeof line - 1) > 0 && std::sscanf(line, "%d %d", &init, &target_) == 2;
    const auto stat = os::ReadStat(os::OpenProc(), std::to_string(init));
    if (!introduced || !stat) throw std::runtime_error("the grader did not start");
    spawner_ = stat->parent;
    for (const pid_t pid : {target_, init, spawner_}) ends_.push_back(os::OpenPidfd(pid));
  }

  pid_t grader_ = 0;
  pid_t spawner_ = 0;
  pid_t target_ = 0;
  std::vector<os::Fd> ends_;
};

TEST_F(End, KillingTheGraderLeavesNothing) {
  Abandoned abandoned;
  abandoned.KillGrader();
  abandoned.AwaitEnd();
  EXPECT_THAT(CgroupsOf(abandoned.spawner()), testing::IsEmpty());
}

TEST_F(End, WhatAKilledSpawnerLeavesIsSweptUpByTheNextGrader) {
  Abandoned alive;
  const auto in_use = alive.CgroupsInUse();
  ASSERT_EQ(in_use.empty(), CgroupsOf(alive.spawner()).empty());
  Abandoned abandoned;
  abandoned.KillSpawner();
  abandoned.KillGrader();
  abandoned.AwaitEnd();
  Spawner::Start();
  EXPECT_THAT(CgroupsOf(abandoned.spawner()), testing::IsEmpty());
  EXPECT_EQ(alive.CgroupsInUse(), in_use) << "nobody sweeps up what is in use";
}

}  // namespace
}  // namespace grader::sandbox
