// Runs little programs in sandboxes for the tests.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "grader/sandbox/spawner.h"

namespace grader::sandbox {

// The spawner of this test process. At a desk whose machine cannot isolate, the test is skipped with the reason; with
// CI=true in the environment it fails.
class SandboxTest : public testing::Test {
 protected:
  void SetUp() override;
  Spawner& spawner() { return *Shared(); }

  // A request for one of the programs in tests/sandbox/programs, shown at /box.
  static LaunchRequest Program(const std::string& name, std::vector<std::string> arguments = {});

 private:
  static Spawner* Shared();
};

// What a run did.
struct Ended {
  std::string out;
  std::string err;
  int wait_status = -1;
  std::vector<Notice> notices;
  Usage usage;
};

// Runs to the end of the command's first process, with an empty stdin, then kills what is left.
Ended RunInside(Spawner& spawner, const LaunchRequest& request);

// The next notice, waiting for it. Fails the test at end of file and returns kSetUpFailed.
Notice AwaitNotice(Sandbox& sandbox);

// Reads from fd until text has been seen. False at end of file.
bool AwaitText(const os::Fd& fd, std::string_view text);

// Everything up to end of file.
std::string ReadAll(const os::Fd& fd);

// Waits until the file has something to tell: a pidfd that its process has ended.
void AwaitReadable(int fd);

// Kills and waits until all are dead.
void End(Sandbox& sandbox);

// Where the test programs were built.
std::string ProgramFolder();

// The values of the lines "key=value".
std::vector<std::string> Values(const std::string& text, const std::string& key);

}  // namespace grader::sandbox
