// usage: detection [SEEDS]: how often the wrong twins of tests/observe/programs/races fail, on their own and by a seed,
// and that the right twins never do. Prints a Markdown table.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "grader/observe/run.h"

namespace {

namespace observe = grader::observe;
namespace sandbox = grader::sandbox;
using observe::Intervention;

constexpr int kRunsAlone = 100;

struct Tally {
  int runs = 0;
  int failures = 0;
  int deadlocks = 0;  // of the failures
  std::vector<double> milliseconds;

  std::string text() const {
    return deadlocks == 0 ? fmt::format("{}/{}", failures, runs)
                          : fmt::format("{}/{}, {} as a deadlock", failures, runs, deadlocks);
  }
  double median() const {
    std::vector<double> sorted = milliseconds;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0 : sorted[sorted.size() / 2];
  }
};

class Bench {
 public:
  explicit Bench(int seeds) : seeds_(seeds) {}

  void Seeded(const std::string& race, const std::string& title);
  void EachInstruction(const std::string& race, const std::string& title);

 private:
  observe::Observation Watch(observe::RunRequest request, Tally& tally);
  static observe::RunRequest Request(const std::string& race, const std::string& kind);
  Tally Alone(const std::string& race);
  Tally BySeeds(const std::string& race, const std::string& kind);
  Tally ByMoments(const std::string& race, const std::string& kind);

  int seeds_;
  std::unique_ptr<sandbox::Spawner> spawner_ = sandbox::Spawner::Start();
};

observe::RunRequest Bench::Request(const std::string& race, const std::string& kind) {
  observe::RunRequest request;
  request.command.argv = {"/box/" + race, kind};
  request.files.views = {{RACES, "/box"}};
  return request;
}

observe::Observation Bench::Watch(observe::RunRequest request, Tally& tally) {
  const auto begin = std::chrono::steady_clock::now();
  observe::Observation seen = observe::Observe(*spawner_, std::move(request));
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  tally.milliseconds.push_back(took.count());
  ++tally.runs;
  const auto* const exited = std::get_if<observe::Exited>(&seen.outcome);
  if (exited == nullptr || exited->code != 0) ++tally.failures;
  if (std::holds_alternative<observe::Deadlocked>(seen.outcome)) ++tally.deadlocks;
  return seen;
}

Tally Bench::Alone(const std::string& race) {
  Tally tally;
  for (int i = 0; i < kRunsAlone; ++i) {
    observe::RunRequest request = Request(race, "wrong");
    request.level = observe::TraceLevel::kNone;
    request.limits.wall_time = std::chrono::seconds(2);  // unwatched, a deadlock is only seen by its length
    Watch(std::move(request), tally);
  }
  return tally;
}

Tally Bench::BySeeds(const std::string& race, const std::string& kind) {
  Tally tally;
  for (int seed = 1; seed <= seeds_; ++seed) {
    observe::RunRequest request = Request(race, kind);
    request.schedule = observe::Schedule{.seed = static_cast<std::uint64_t>(seed)};
    Watch(std::move(request), tally);
  }
  return tally;
}

// Holds the first process that comes to the mark at each instruction of its stretch, once each.
Tally Bench::ByMoments(const std::string& race, const std::string& kind) {
  Intervention intervention;
  intervention.mark = "add";
  intervention.unit = Intervention::Unit::kInstructions;
  intervention.after = Intervention::kNever;
  intervention.action = Intervention::Action::kHold;
  Tally ignored;
  observe::RunRequest measure = Request(race, kind);
  measure.interventions = {intervention};
  const int length = Watch(std::move(measure), ignored).stretches.front().length;
  Tally tally;
  for (intervention.after = 0; intervention.after <= length; ++intervention.after) {
    observe::RunRequest request = Request(race, kind);
    request.interventions = {intervention};
    Watch(std::move(request), tally);
  }
  return tally;
}

void Bench::Seeded(const std::string& race, const std::string& title) {
  const Tally alone = Alone(race);
  const Tally wrong = BySeeds(race, "wrong");
  const Tally right = BySeeds(race, "right");
  fmt::print("| {} | {} | {} | {} | {:.0f} |\n", title, alone.text(), wrong.text(), right.text(), wrong.median());
}

void Bench::EachInstruction(const std::string& race, const std::string& title) {
  const Tally alone = Alone(race);
  const Tally seeded = BySeeds(race, "wrong");
  const Tally wrong = ByMoments(race, "wrong");
  const Tally right = ByMoments(race, "right");
  fmt::print("| {}, by seeds | {} | {} | | {:.0f} |\n", title, alone.text(), seeded.text(), seeded.median());
  fmt::print("| {}, held at each instruction | {} | {} | {} | {:.0f} |\n", title, alone.text(), wrong.text(),
             right.text(), wrong.median());
}

}  // namespace

// Line by line, as it takes minutes.
int main(int argc, char** argv) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  Bench bench(argc > 1 ? std::atoi(argv[1]) : 100);
  fmt::print("| race | fails alone | wrong program fails | right program fails | ms per run |\n");
  fmt::print("|---|---|---|---|---|\n");
  bench.Seeded("early_signal", "signal before its handler is installed");
  bench.Seeded("early_reader", "reader before the writer");
  bench.Seeded("file_counter", "three writers of one number in a file");
  bench.Seeded("lost_wakeup", "signal between a look at a flag and `pause()`");
  bench.Seeded("late_waiter", "announcement before the wait on a condition");
  bench.Seeded("shared_counter", "counter in shared memory, a system call inside");
  bench.Seeded("check_then_act", "two threads that check, then act");
  bench.EachInstruction("silent_counter", "counter in shared memory, no system call");
}
