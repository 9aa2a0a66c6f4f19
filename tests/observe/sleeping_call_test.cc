// What is concluded from the system call in which a task sleeps.
#include "grader/observe/sleeping_call.h"

#include <gtest/gtest.h>
#include <linux/sched.h>
#include <sys/syscall.h>

#include <csignal>

namespace grader::observe {
namespace {

TEST(AwaitsVforkChild, IsTrueOfVforkOnly) {
  EXPECT_TRUE(AwaitsVforkChild({SYS_vfork, {}}));
  EXPECT_TRUE(AwaitsVforkChild({SYS_clone, {CLONE_VM | CLONE_VFORK | SIGCHLD}}));
  EXPECT_FALSE(AwaitsVforkChild({SYS_clone, {CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD}}));
  EXPECT_FALSE(AwaitsVforkChild({SYS_fork, {}}));
  EXPECT_FALSE(AwaitsVforkChild({SYS_wait4, {CLONE_VFORK}}));
}

TEST(ParseSleepingCall, ReadsNumberAndArguments) {
  const auto call = ParseSleepingCall("61 0xffffffffffffffff 0x7ffd 0x1 0x0 0x5 0x6 0x7ffc 0x7f00");
  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->number, SYS_wait4);
  EXPECT_EQ(call->descriptor(0), -1);
  EXPECT_EQ(call->arguments[5], 6u);
}

TEST(ParseSleepingCall, KnowsWhatIsNoCall) {
  EXPECT_FALSE(ParseSleepingCall("running").has_value());
  EXPECT_FALSE(ParseSleepingCall("-1 0x7ffd 0x7f00").has_value());
}

}  // namespace
}  // namespace grader::observe
