#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "grader/os/files.h"
#include "grader/sandbox/set_up_error.h"
#include "inside.h"

namespace grader::sandbox {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Files : public SandboxTest {
 protected:
  void SetUp() override {
    SandboxTest::SetUp();
    std::string pattern = fs::temp_directory_path() / "sandbox-test-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    // Another user than ours reads it if we are root.
    fs::permissions(folder_, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
    std::ofstream(folder_ / "note") << "hello\n";
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  Ended Shell(const std::string& script, std::vector<View> views = {}) {
    LaunchRequest request;
    request.command.argv = {"/bin/sh", "-c", script};
    request.files.views = std::move(views);
    return RunInside(spawner(), request);
  }

  fs::path folder_;
};

TEST_F(Files, SystemIsReadOnly) {
  const auto run = RunInside(spawner(), Program("write_to", {"/usr/new", "/new", "/etc/new", "/box/new", "/dev/new",
                                                             "/etc/passwd", "/proc/sys/kernel/core_pattern"}));
  for (const char* path :
       {"/usr/new", "/new", "/etc/new", "/box/new", "/dev/new", "/etc/passwd", "/proc/sys/kernel/core_pattern"}) {
    EXPECT_THAT(run.out, HasSubstr(std::string(path) + " E")) << path;
  }
}

TEST_F(Files, ProcTellsNothingOfTheMachine) {
  for (const char* path : {"/proc/cmdline", "/proc/kcore", "/proc/keys", "/proc/key-users", "/proc/latency_stats",
                           "/proc/sysrq-trigger", "/proc/timer_list"}) {
    const auto read = Shell(std::string("head -c 100 ") + path + " 2> /dev/null");
    EXPECT_EQ(read.out, "") << path;
    const auto written = Shell(std::string("ls -L ") + path + " > /dev/null 2>&1 && test ! -f " + path);
    const bool is_there = fs::exists(path);
    EXPECT_EQ(written.wait_status == 0, is_there) << path << " is a regular file";
  }
}

TEST_F(Files, PrivateFoldersAreWritableAndEmptyEachTime) {
  const std::vector<std::string> paths = {"/work/a", "/tmp/a", "/dev/shm/a", "/dev/mqueue/a"};
  for (int run = 0; run < 2; ++run) {
    const auto listed = Shell("ls -A /work /tmp /dev/shm /dev/mqueue");
    EXPECT_EQ(listed.out, "/dev/mqueue:\n\n/dev/shm:\n\n/tmp:\n\n/work:\n");
    const auto written = RunInside(spawner(), Program("write_to", paths));
    for (const std::string& path : paths) EXPECT_THAT(written.out, HasSubstr(path + " written\n"));
  }
}

TEST_F(Files, ShowsNothingElseOfTheMachine) {
  const auto run = Shell("ls / /etc");
  EXPECT_THAT(run.out, testing::Not(HasSubstr("home")));
  EXPECT_THAT(run.out, testing::Not(HasSubstr("root")));
  EXPECT_THAT(run.out, testing::Not(HasSubstr("shadow")));
}

TEST_F(Files, ViewOfAFolderIsReadOnly) {
  const auto run =
      Shell("cat /submission/note; echo x > /submission/new; echo x > /submission/note", {{folder_, "/submission"}});
  EXPECT_EQ(run.out, "hello\n");
  EXPECT_EQ(ReadAll(os::OpenAt(os::kHere, (folder_ / "note").c_str(), O_RDONLY)), "hello\n");
  EXPECT_FALSE(fs::exists(folder_ / "new"));
}

TEST_F(Files, ViewsOfFilesShareAFolderInside) {
  std::ofstream(folder_ / "other") << "there\n";
  const auto run = Shell("cat /box/greeting /box/deep/er/word; ls -R /box; touch /box/x && echo writable",
                         {{folder_ / "note", "/box/greeting"}, {folder_ / "other", "/box/deep/er/word"}});
  EXPECT_EQ(run.out, "hello\nthere\n/box:\ndeep\ngreeting\n\n/box/deep:\ner\n\n/box/deep/er:\nword\n");
}

TEST_F(Files, ViewAppearsInsideAPrivateFolder) {
  EXPECT_EQ(Shell("cat data/note && touch new && ls", {{folder_, "/work/data"}}).out, "hello\ndata\nnew\n");
}

TEST_F(Files, ViewOfOneRunIsNotSeenByTheNext) {
  Shell("true", {{folder_, "/submission"}});
  EXPECT_EQ(Shell("cat /submission/note").out, "");
}

TEST_F(Files, MissingViewIsAFaultThatNamesIt) {
  try {
    Shell("true", {{folder_ / "missing", "/box"}});
    FAIL() << "launched";
  } catch (const SetUpError& fault) {
    EXPECT_THAT(fault.what(), HasSubstr("missing"));
  }
  EXPECT_EQ(Shell("echo on").out, "on\n") << "the spawner lives on";
}

TEST_F(Files, ViewWithoutAPlaceIsAFault) {
  EXPECT_THROW(Shell("true", {{folder_, "/usr/no/such/place"}}), SetUpError);
  EXPECT_THROW(Shell("true", {{folder_, "relative"}}), SetUpError);
  EXPECT_EQ(Shell("echo on").out, "on\n");
}

TEST_F(Files, ResultsAreCollectedAfterDeath) {
  LaunchRequest request;
  request.command.argv = {"/bin/sh", "-c", "echo 42 > result; ln -s /etc/passwd link; mkfifo fifo"};
  const auto sandbox = spawner().Launch(request);
  const os::Fd work = sandbox->OpenInside("/work");
  sandbox->Release();
  AwaitNotice(*sandbox);
  End(*sandbox);
  EXPECT_EQ(ReadAll(os::OpenBeneath(work, "result")), "42\n");
  EXPECT_THROW(os::OpenBeneath(work, "link"), std::system_error);
  EXPECT_THROW(os::OpenBeneath(work, "../etc/passwd"), std::system_error);
  struct stat status {};
  const os::Fd fifo = os::OpenBeneath(work, "fifo");
  ASSERT_EQ(::fstat(fifo.get(), &status), 0);
  EXPECT_FALSE(S_ISREG(status.st_mode)) << "opening one must not block, refusing it is the collector's part";
}

TEST_F(Files, OpenInsideOfWhatIsNotThereIsAFault) {
  LaunchRequest request;
  request.command.argv = {"/bin/true"};
  const auto sandbox = spawner().Launch(request);
  EXPECT_THROW(sandbox->OpenInside("/no/such/folder"), std::system_error);
  EXPECT_THROW(sandbox->OpenInside(std::string(1000, 'x')), std::system_error);
}

}  // namespace
}  // namespace grader::sandbox
