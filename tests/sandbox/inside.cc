#include "inside.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <sstream>

#include "grader/sandbox/set_up_error.h"

namespace grader::sandbox {
namespace {

// Appends what is there now. False at end of file.
bool Drain(const os::Fd& fd, std::string& text) {
  char buffer[65536];
  for (;;) {
    const ssize_t got = ::read(fd.get(), buffer, sizeof buffer);
    if (got == 0) return false;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return true;
    text.append(buffer, static_cast<std::size_t>(got));
  }
}

}  // namespace

Spawner* SandboxTest::Shared() {
  static const std::unique_ptr<Spawner> kSpawner = Spawner::Start();
  return kSpawner.get();
}

void SandboxTest::SetUp() {
  try {
    Shared();
  } catch (const SetUpError& fault) {
    const char* ci = std::getenv("CI");
    if (ci != nullptr && std::string(ci) == "true") FAIL() << fault.what();
    GTEST_SKIP() << fault.what();
  }
}

std::string ProgramFolder() { return TEST_PROGRAMS; }

LaunchRequest SandboxTest::Program(const std::string& name, std::vector<std::string> arguments) {
  LaunchRequest request;
  request.files.views = {{ProgramFolder(), "/box"}};
  request.command.argv = {"/box/" + name};
  request.command.argv.insert(request.command.argv.end(), arguments.begin(), arguments.end());
  return request;
}

Ended RunInside(Spawner& spawner, const LaunchRequest& request) {
  const auto sandbox = spawner.Launch(request);
  sandbox->Stdin().Close();
  sandbox->Release();
  Ended ended;
  while (ended.wait_status < 0) {
    pollfd sources[] = {{sandbox->notice_fd(), POLLIN, 0},
                        {sandbox->Stdout() ? sandbox->Stdout().get() : -1, POLLIN, 0},
                        {sandbox->Stderr() ? sandbox->Stderr().get() : -1, POLLIN, 0}};
    ::poll(sources, 3, -1);
    if (sandbox->Stdout() && !Drain(sandbox->Stdout(), ended.out)) sandbox->Stdout().Close();
    if (sandbox->Stderr() && !Drain(sandbox->Stderr(), ended.err)) sandbox->Stderr().Close();
    if (sources[0].revents == 0) continue;
    const auto notice = sandbox->NextNotice();
    if (!notice) break;
    ended.notices.push_back(*notice);
    if (notice->kind == Notice::Kind::kTargetEnded) ended.wait_status = notice->wait_status;
  }
  ended.usage = sandbox->usage();
  End(*sandbox);
  if (sandbox->Stdout()) Drain(sandbox->Stdout(), ended.out);
  if (sandbox->Stderr()) Drain(sandbox->Stderr(), ended.err);
  return ended;
}

Notice AwaitNotice(Sandbox& sandbox) {
  for (;;) {
    AwaitReadable(sandbox.notice_fd());
    if (auto notice = sandbox.NextNotice()) return *notice;
    pollfd source{sandbox.notice_fd(), POLLIN, 0};
    if (::poll(&source, 1, 0) > 0) {
      ADD_FAILURE() << "init ended without a notice";
      return {.kind = Notice::Kind::kSetUpFailed};
    }
  }
}

bool AwaitText(const os::Fd& fd, std::string_view text) {
  std::string seen;
  while (seen.find(text) == std::string::npos) {
    AwaitReadable(fd.get());
    if (!Drain(fd, seen)) return seen.find(text) != std::string::npos;
  }
  return true;
}

std::string ReadAll(const os::Fd& fd) {
  std::string text;
  while (Drain(fd, text)) AwaitReadable(fd.get());
  return text;
}

void AwaitReadable(int fd) {
  pollfd source{fd, POLLIN, 0};
  while (::poll(&source, 1, -1) < 0 && errno == EINTR) {
  }
}

void End(Sandbox& sandbox) {
  sandbox.Kill();
  AwaitReadable(sandbox.pidfd());
}

std::vector<std::string> Values(const std::string& text, const std::string& key) {
  std::vector<std::string> values;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(key + "=")) values.push_back(line.substr(key.size() + 1));
  }
  return values;
}

}  // namespace grader::sandbox
