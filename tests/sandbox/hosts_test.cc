// What the tiers below "full" promise, on the hosts that have them (hosts/host.cc): hosts/run.sh says which tier is
// due.
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "grader/os/procfs.h"
#include "grader/sandbox/places.h"
#include "inside.h"

namespace grader::sandbox {
namespace {

namespace fs = std::filesystem;

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class PoorHost : public SandboxTest {
 protected:
  Ended Shell(const std::string& text, std::vector<View> views = {}) {
    LaunchRequest request;
    request.files.views = std::move(views);
    request.command.argv = {"/bin/sh", "-c", text};
    return RunInside(spawner(), request);
  }

  bool is_container() { return spawner().tier().tier == Tier::kContainer; }
};

std::size_t ProcessCount() { return os::Processes(os::OpenProc()).size(); }

TEST_F(PoorHost, HasTheTierItShouldAndSaysWhyNoBetterOne) {
  const char* due = std::getenv("DUE_TIER");
  ASSERT_NE(due, nullptr);
  EXPECT_STREQ(TierName(spawner().tier().tier), due);
  ASSERT_EQ(spawner().tier().better.size(), is_container() ? 1U : 2U);
  EXPECT_THAT(spawner().tier().better.front(), AllOf(StartsWith("full isolation: "), HasSubstr("unshare the ")));
}

TEST_F(PoorHost, RunsAreUsersOfTheirOwnWhereTheGraderIsRoot) {
  const auto first = Values(RunInside(spawner(), Program("identity")).out, "uid");
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(std::stoul(first.front()) >= 0x40000000, is_container()) << first.front();
  EXPECT_EQ(std::stoul(first.front()) == ::geteuid(), !is_container()) << first.front();
}

TEST_F(PoorHost, NothingButTheSystemAndViewsIsRead) {
  // Others may read it; the sandbox's rules alone forbid it.
  const fs::path secret = fs::temp_directory_path() / ("grade-secret-" + std::to_string(::getpid()));
  std::ofstream(secret) << "secret\n";
  EXPECT_THAT(Shell("cat " + secret.string() + " /etc/passwd; ls /tmp /etc /home").out, IsEmpty());
  EXPECT_EQ(Shell("cat /box/shown", {{secret, "/box/shown"}}).out, "");
  LaunchRequest request;
  request.files.views = {{secret, "/box/shown"}};
  request.command.argv = {"/bin/cat", "/box/shown"};
  EXPECT_EQ(RunInside(spawner(), request).out, "secret\n");
  fs::remove(secret);
}

TEST_F(PoorHost, NothingButItsFoldersIsWritten) {
  const auto run = Shell(
      "for place in /tmp/x /dev/shm/x /etc/x /var/tmp/x \"$PWD/x\" \"$TMPDIR/x\"; do"
      "  (echo > \"$place\") 2> /dev/null && echo \"$place\"; done; exit 0");
  EXPECT_THAT(WithoutBases(run.out), "/work/x\n/tmp/x\n");
}

TEST_F(PoorHost, ViewsAreNotChanged) {
  const fs::path file = fs::temp_directory_path() / ("grade-view-" + std::to_string(::getpid()));
  std::ofstream(file) << "as it was\n";
  LaunchRequest request;
  request.files.views = {{file, "/box/shown"}};
  request.command.argv = {"/bin/sh", "-c", "echo no > \"$1\"; chmod 0 \"$1\"; rm -f \"$1\"", "sh", "/box/shown"};
  RunInside(spawner(), request);
  std::string line;
  std::getline(std::ifstream(file), line);
  EXPECT_EQ(line, "as it was");
  EXPECT_EQ(fs::status(file).permissions() & fs::perms::owner_read, fs::perms::owner_read);
  fs::remove(file);
}

TEST_F(PoorHost, NobodyOutsideIsSignalled) {
  const auto other = spawner().Launch(Program("say_and_wait"));
  other->Release();
  ASSERT_TRUE(AwaitText(other->Stdout(), "ready"));
  std::string kill;
  for (const pid_t pid : {other->target(), other->init(), ::getpid(), ::getppid()}) {
    kill += "kill -9 " + std::to_string(pid) + " && echo hit; ";
  }
  EXPECT_EQ(Shell(kill + "exit 0").out, "");
  other->Stdin().Close();
  EXPECT_EQ(AwaitNotice(*other).kind, Notice::Kind::kTargetEnded);
}

TEST_F(PoorHost, HasNoSockets) {
  EXPECT_THAT(RunInside(spawner(), Program("interfaces")).out, Not(HasSubstr("lo")));
  EXPECT_THROW(spawner().Launch(Program("say_and_wait"))->Socket(AF_INET, SOCK_STREAM), std::system_error);
}

TEST_F(PoorHost, AForkBombLeavesNothingAndHurtsNobody) {
  const auto neighbour = spawner().Launch(Program("say_and_wait"));
  neighbour->Release();
  ASSERT_TRUE(AwaitText(neighbour->Stdout(), "ready"));
  const std::size_t before = ProcessCount();
  auto request = Program("fork_bomb");
  request.limits.processes = 100;
  const auto bomb = spawner().Launch(request);
  bomb->Release();
  ASSERT_TRUE(AwaitText(bomb->Stdout(), "started"));
  End(*bomb);
  EXPECT_EQ(ReadAll(bomb->Stdout()), "");
  EXPECT_LE(ProcessCount(), before + 1) << "init itself may not be reaped yet";
  neighbour->Stdin().Close();
  EXPECT_EQ(AwaitNotice(*neighbour).kind, Notice::Kind::kTargetEnded);
}

TEST_F(PoorHost, FoldersAreRemovedHoweverDeepAndClosed) {
  const auto run = Shell(
      "pwd; mkdir closed && touch closed/file && chmod 0 closed;"
      "for depth in $(seq 300); do mkdir deep && cd deep || exit 1; done");
  // /tmp/grade-run.XXXXXX/SLOT/work
  const fs::path spawners = fs::path(run.out.substr(0, run.out.find('\n'))).parent_path().parent_path();
  ASSERT_THAT(spawners.native(), StartsWith(kRunFolders));
  // The spawner serves one thing after the other: when another run has begun, the last one's folder is gone.
  const auto other = spawner().Launch(Program("say_and_wait"));
  EXPECT_EQ(std::distance(fs::directory_iterator(spawners), fs::directory_iterator()), 1);
}

TEST_F(PoorHost, CollectsFromItsWorkFolder) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "echo kept > result"};
  const auto sandbox = spawner().Launch(request);
  const os::Fd work = sandbox->OpenInside("/work");
  sandbox->Release();
  EXPECT_EQ(AwaitNotice(*sandbox).kind, Notice::Kind::kTargetEnded);
  End(*sandbox);
  EXPECT_EQ(::faccessat(work.get(), "result", R_OK, 0), 0);
}

TEST_F(PoorHost, KeepsAFolderAsLongAsItIsOpen) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "echo kept > result"};
  auto sandbox = spawner().Launch(request);
  os::Fd work = sandbox->OpenInside("/work");
  sandbox->Release();
  EXPECT_EQ(AwaitNotice(*sandbox).kind, Notice::Kind::kTargetEnded);
  End(*sandbox);
  sandbox.reset();
  // The spawner serves one thing after the other: at the next launch it knows that nobody wants this sandbox any more.
  Shell("true");
  const fs::path file = fs::read_symlink("/proc/self/fd/" + std::to_string(work.get())) / "result";
  EXPECT_TRUE(fs::exists(file)) << file;
  work.Close();
  Shell("true");
  Shell("true");
  EXPECT_FALSE(fs::exists(file)) << file;
}

}  // namespace
}  // namespace grader::sandbox
