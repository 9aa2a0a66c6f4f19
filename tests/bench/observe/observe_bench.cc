// What it costs to watch a program: each workload bare, in a sandbox unwatched, and watched at each level.
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "grader/observe/run.h"

namespace {

namespace observe = grader::observe;
namespace sandbox = grader::sandbox;

using Words = std::vector<std::string>;

void RunBare(const Words& words) {
  std::vector<char*> argv{const_cast<char*>(WORKLOAD)};
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  pid_t pid = 0;
  int status = 0;
  if (posix_spawn(&pid, WORKLOAD, nullptr, nullptr, argv.data(), environ) != 0 || waitpid(pid, &status, 0) != pid ||
      status != 0) {
    throw std::runtime_error("the bare workload failed");
  }
}

void RunObserved(sandbox::Spawner& spawner, const Words& words, observe::TraceLevel level) {
  observe::RunRequest request;
  request.command.argv = {"/box/workload"};
  request.command.argv.insert(request.command.argv.end(), words.begin(), words.end());
  request.files.views = {{WORKLOAD, "/box/workload"}};
  request.level = level;
  const observe::Observation observation = observe::Observe(spawner, std::move(request));
  const auto* exited = std::get_if<observe::Exited>(&observation.outcome);
  if (exited == nullptr || exited->code != 0) {
    throw std::runtime_error("the workload " + observe::Describe(observation.outcome) + observation.err.text());
  }
}

void Register(sandbox::Spawner& spawner, const std::string& family, const Words& words) {
  const auto add = [&](const std::string& variant, auto run) {
    benchmark::RegisterBenchmark((family + "/" + variant).c_str(),
                                 [run](benchmark::State& state) {
                                   for (auto _ : state) run();
                                 })
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  };
  add("bare", [words] { RunBare(words); });
  for (const auto& [variant, level] : {std::pair{"unwatched", observe::TraceLevel::kNone},
                                       {"lifecycle", observe::TraceLevel::kLifecycle},
                                       {"blocking", observe::TraceLevel::kBlocking}}) {
    add(variant, [&spawner, words, level = level] { RunObserved(spawner, words, level); });
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::unique_ptr<sandbox::Spawner> spawner = sandbox::Spawner::Start();
  Register(*spawner, "Nothing", {"nothing"});
  Register(*spawner, "ForkWait1000", {"fork-wait", "1000"});
  Register(*spawner, "PingPong5000", {"ping-pong", "5000"});
  Register(*spawner, "EpollEcho64x60", {"echo", "64", "60"});
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
