#include <gmock/gmock.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>

#include "grader/os/ptrace.h"
#include "grader/os/wait.h"
#include "inside.h"

namespace grader::sandbox {
namespace {

using testing::HasSubstr;

class Filter : public SandboxTest {};

TEST_F(Filter, DeniesWhatLeadsOut) {
  const auto run = RunInside(spawner(), Program("denied_calls"));
  for (const char* call : {"unshare",         "setns",
                           "mount",           "umount2",
                           "open_tree",       "chroot",
                           "ptrace",          "process_vm_readv",
                           "io_uring_setup",  "bpf",
                           "perf_event_open", "userfaultfd",
                           "keyctl",          "open_by_handle_at",
                           "clone_newuser",   "clone_untraced",
                           "set_time",        "limit_init",
                           "slow_init",       "move_init",
                           "long_limit_init", "long_slow_init",
                           "long_move_init",  "listen_to_calls"}) {
    EXPECT_THAT(run.out, HasSubstr(std::string(call) + " EPERM\n"));
  }
  for (const char* family : {"netlink", "long_netlink", "vsock", "packet"}) {
    EXPECT_THAT(run.out, HasSubstr(std::string(family) + " EAFNOSUPPORT\n"));
  }
  EXPECT_THAT(run.out, HasSubstr("clone3 ENOSYS\n"));
}

TEST_F(Filter, KeepsInitOutOfReach) {
  const auto run = RunInside(spawner(), Program("denied_calls"));
  EXPECT_THAT(run.out, testing::Not(HasSubstr("trace_init allowed")));
  EXPECT_THAT(run.out, testing::Not(HasSubstr("init_files allowed")));
  // The signal may be refused or, in an older kernel, be without effect: the program's end was told, so init lived on.
  EXPECT_EQ(run.wait_status, 0);
}

TEST_F(Filter, Kills32BitCalls) {
  const auto run = RunInside(spawner(), Program("call_32_bit"));
  ASSERT_TRUE(WIFSIGNALED(run.wait_status)) << run.out;
  EXPECT_EQ(WTERMSIG(run.wait_status), SIGSYS);
}

TEST_F(Filter, LetsOrdinaryProgramsBe) {
  const auto run = RunInside(spawner(), Program("ordinary"));
  EXPECT_EQ(run.out, "done\n");
  EXPECT_EQ(run.wait_status, 0);
}

TEST_F(Filter, StopsTracedCallsForTheTracerBesideDeniedOnes) {
  auto request = Program("denied_calls");
  request.policy.traced = {
      {.number = SYS_getpid}, {.number = SYS_mount}, {.number = SYS_socket}, {.number = SYS_clone}};
  const auto sandbox = spawner().Launch(request);
  os::Seize(sandbox->target());
  sandbox->Release();
  int traced = 0;
  for (bool alive = true; alive;) {
    const auto event = os::WaitForOwnTask();
    ASSERT_TRUE(event.has_value());
    if (!WIFSTOPPED(event->status)) {
      alive = event->task != sandbox->target();
      continue;
    }
    if (event->status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8)) ++traced;
    os::Resume(event->task, os::Continue::kFreely);
  }
  End(*sandbox);
  EXPECT_EQ(traced, 1);
  const std::string out = ReadAll(sandbox->Stdout());
  for (const char* call : {"mount EPERM", "clone_untraced EPERM", "netlink EAFNOSUPPORT", "packet EAFNOSUPPORT"}) {
    EXPECT_THAT(out, HasSubstr(std::string(call) + "\n"));
  }
}

}  // namespace
}  // namespace grader::sandbox
