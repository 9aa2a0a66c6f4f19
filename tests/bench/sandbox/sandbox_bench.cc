// From launch to reaped: a tiny static program bare, in our sandbox, and in those of bubblewrap and firejail, in one
// process, so that the numbers are of one machine at one time. report.py does so on hosts without namespaces, too.
#include <benchmark/benchmark.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <vector>

#include "grader/sandbox/spawner.h"

extern char** environ;

namespace {

using grader::sandbox::LaunchRequest;
using grader::sandbox::Notice;
using grader::sandbox::Spawner;

// False unless it ends with status 0.
bool SpawnAndReap(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t pid = 0;
  if (::posix_spawn(&pid, arguments[0], nullptr, nullptr, arguments.data(), environ) != 0) return false;
  int status = -1;
  return ::waitpid(pid, &status, 0) == pid && status == 0;
}

void Spawn(benchmark::State& state, const std::vector<std::string>& words) {
  for (auto _ : state) {
    if (!SpawnAndReap(words)) state.SkipWithError("it does not run here");
  }
}

void AwaitReadable(int fd) {
  pollfd source{fd, POLLIN, 0};
  ::poll(&source, 1, -1);
}

// Until the program was reaped and everything inside is dead.
bool LaunchAndReap(Spawner& spawner, const LaunchRequest& request) {
  const auto sandbox = spawner.Launch(request);
  sandbox->Release();
  AwaitReadable(sandbox->notice_fd());
  const auto notice = sandbox->NextNotice();
  sandbox->Kill();
  AwaitReadable(sandbox->pidfd());
  return notice && notice->kind == Notice::Kind::kTargetEnded && notice->wait_status == 0;
}

void Launch(benchmark::State& state, Spawner& spawner) {
  LaunchRequest request;
  request.files.views = {{NOTHING, "/box/nothing"}};
  request.command.argv = {"/box/nothing"};
  for (auto _ : state) {
    if (!LaunchAndReap(spawner, request)) state.SkipWithError("it does not run here");
  }
  state.SetLabel(grader::sandbox::TierName(spawner.tier().tier));
}

}  // namespace

int main(int argc, char** argv) {
  const std::unique_ptr<Spawner> spawner = Spawner::Start();
  benchmark::RegisterBenchmark("Launch/bare", [](benchmark::State& state) { Spawn(state, {NOTHING}); })->UseRealTime();
  benchmark::RegisterBenchmark("Launch/sandbox", [&](benchmark::State& state) {
    Launch(state, *spawner);
  })->UseRealTime();
  benchmark::RegisterBenchmark("Launch/bubblewrap", [](benchmark::State& state) {
    Spawn(state, {"/usr/bin/bwrap", "--unshare-all", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib64", "/lib64",
                  "--ro-bind", NOTHING, "/nothing", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "/nothing"});
  })->UseRealTime();
  benchmark::RegisterBenchmark("Launch/firejail", [](benchmark::State& state) {
    Spawn(state, {"/usr/bin/firejail", "--quiet", "--noprofile", "--private", "--net=none", "--seccomp", NOTHING});
  })->UseRealTime();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
