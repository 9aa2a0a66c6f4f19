// Programs that would do harm outside if the sandbox failed: run by outer.sh in a throw-away mount, pid and ipc
// namespace.
#include <gmock/gmock.h>

#include "inside.h"

namespace grader::sandbox {
namespace {

class Attack : public SandboxTest {};

TEST_F(Attack, ForkBombIsKilledWhole) {
  auto request = Program("fork_bomb");
  request.limits.processes = 200;
  const auto sandbox = spawner().Launch(request);
  sandbox->Release();
  ASSERT_TRUE(AwaitText(sandbox->Stdout(), "started"));
  End(*sandbox);
  // All held the other end of stdout.
  EXPECT_EQ(ReadAll(sandbox->Stdout()), "");
  LaunchRequest next;
  next.command.argv = {"/bin/echo", "on"};
  EXPECT_EQ(RunInside(spawner(), next).out, "on\n");
}

TEST_F(Attack, KillingEverybodyReachesNobodyOutside) {
  const auto other = spawner().Launch(Program("say_and_wait"));
  other->Release();
  ASSERT_TRUE(AwaitText(other->Stdout(), "ready"));
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "kill -9 -1; kill -9 1; echo still"};
  EXPECT_EQ(RunInside(spawner(), request).out, "still\n") << "kill(-1) spares the caller and init";
  other->Stdin().Close();
  EXPECT_EQ(AwaitNotice(*other).kind, Notice::Kind::kTargetEnded);
}

TEST_F(Attack, OverMountingIsRefused) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c",
                          "mount -t tmpfs none /usr || unshare -Urm mount -t tmpfs none /usr || echo refused"};
  EXPECT_EQ(RunInside(spawner(), request).out, "refused\n");
}

TEST_F(Attack, SetUserIdProgramsGainNothing) {
  LaunchRequest request;
  request.command.argv = {"/usr/bin/su", "-c", "id"};
  EXPECT_NE(RunInside(spawner(), request).wait_status, 0);
}

}  // namespace
}  // namespace grader::sandbox
