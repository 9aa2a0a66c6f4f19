// A check of a lab, and how it is registered. A lab's checks are in labs/<id>/checks/*.cc; docs/writing-checks.md tells
// how to write them.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/build/builder.h"
#include "grader/checks/answers.h"
#include "grader/checks/explore.h"
#include "grader/checks/judge.h"
#include "grader/checks/random.h"
#include "grader/checks/registry.h"
#include "grader/observe/run.h"

namespace grader::checks {

class CheckContext;
struct CheckRecord;

// How a program is built: as students build it, or with the compiler's ThreadSanitizer, which tells of data races on
// stderr (race_detector.h). C++ only.
enum class Flavour { kPlain, kRaceDetector };

// One run of the submission. Run({.args = {"waitall", "3"}, .linger = 1s}).
struct RunOptions {
  std::vector<std::string> args;
  std::string program;  // empty: the lab's first program
  // A driver of labs/<id>/probes that is run instead, by its name without .cpp. To run the program in its turn, it
  // needs Program().argv as arguments and Program().files.views as files.
  std::string probe = {};
  Flavour flavour = Flavour::kPlain;
  std::string input;  // stdin; then end of file
  observe::TraceLevel level = observe::TraceLevel::kLifecycle;
  std::chrono::milliseconds linger{100};  // how long others may outlive the program's first process
  std::optional<sandbox::Limits> limits;  // instead of the lab's
  std::vector<sandbox::View> files;       // shown read-only besides the program
  std::vector<std::string> environment;   // "NAME=value", added to the usual one
  std::string scenario;  // what a driver does, as a student would write it; shown, not its command line
  std::optional<observe::Schedule> schedule;
  std::vector<observe::Intervention> interventions;
  std::function<void(sandbox::Sandbox&)> prepare =
      {};                           // before the program starts (observe::RunRequest); see WorkFolder
  bool keep_processor_use = false;  // who computed when, and where each thread was if the run is stopped
};

// How often, and how, ForEachRun runs.
struct Runs {
  int watched = 1;  // with RunOptions::level
  int native = 1;   // with TraceLevel::kNone, afterwards
};

// The moments of a stretch that a process of the driver marks, and what is done at each (observe::Intervention).
struct Moments {
  std::string mark;
  observe::Intervention::Unit unit = observe::Intervention::Unit::kCalls;
  observe::Intervention::Action action = observe::Intervention::Action::kKill;
  int most = 60;  // runs; see Choose() for which of a longer stretch
};

// The base of all checks. A check's body may throw: BuildFailedError fails the check, any other exception is a fault of
// the grader and costs the student nothing.
class LabCheck : public ::testing::Test {
 public:
  // The sentence body of LAB_CHECK.
  virtual void Body() = 0;

 protected:
  // Runs the submission to its end. Faults of grader and machine are exceptions.
  observe::Observation Run(std::vector<std::string> args = {});
  observe::Observation Run(RunOptions options);

  // The same without any tracer: timing is the program's own. A watched run is never the only evidence that concurrent
  // code is right.
  observe::Observation RunNative(std::vector<std::string> args = {});

  // For a conversation with a running program; its stdin stays open until CloseInput().
  std::unique_ptr<observe::Run> Start(RunOptions options);

  // Runs so often and judges each run, until one fails the check.
  void ForEachRun(Runs runs, const RunOptions& options, const std::function<void(const observe::Observation&)>& judge);

  // Runs under schedules 1, 2, ..., the same ones every time, and judges each run, until one fails the check.
  void ForEachSchedule(int schedules, const RunOptions& options,
                       const std::function<void(const observe::Observation&)>& judge);

  // Runs once undisturbed, to learn how long the stretch is, and then once for each moment of it; judges each run,
  // until one fails the check. Fails if nobody comes to the stretch. Attempt 1 is the undisturbed run.
  void AtEachMoment(const Moments& moments, const RunOptions& options,
                    const std::function<void(const observe::Observation&)>& judge);

  // Runs a program that lab.toml says is scheduled under many schedules of its threads, the same ones every time, and
  // judges each, until one is wrong. What the scheduler finds by itself (a data race, a deadlock, memory used after it
  // was freed, a crash, ...) fails the check without the judge. Without a judge, the program must end with status 0.
  void Explore(const ExploreOptions& options, const std::function<void(const ScheduledRun&)>& judge = {});

  // The same until one schedule shows what must be possible; fails if none does: "two transfers overlap".
  void ExploreUntil(const ExploreOptions& options, const std::string& expected,
                    const std::function<bool(const ScheduledRun&)>& shows);

  // Adds a failure in the lab's own words.
  void Fail(std::string expected, Problem problem);
  void Fail(const observe::Observation& run, std::string expected, Problem problem);

  // What the check cannot do without. Where a run does not have it (sandbox::Gives), the check is skipped with the
  // reason.
  virtual std::vector<sandbox::Need> Isolation() const { return {}; }

  // The bytes that did the program harm, for a check that fails: reports keep them as a file. command sends a file
  // whose name is put behind it: "nc -N 127.0.0.1 8000 <". Expected values and other secrets have no place there.
  void KeepSent(std::string bytes, std::string command);

  // Ends the check as skipped, with the reason, if this machine's isolation cannot show what it needs. Return after it.
  void Skip(std::string reason);

  // Fresh inputs; --seed and the check's id give them again.
  Random& random();

  // The lab's limits of each run.
  const sandbox::Limits& limits() const;

  const build::Program& Program(const std::string& name = {});  // throws BuildFailedError
  const build::Program& Probe(const std::string& name);         // throws std::logic_error
  const std::filesystem::path& submission() const;
  const std::filesystem::path& lab_folder() const;
  sandbox::Spawner& spawner();

  // What the submission's answers.toml says to a question of the quiz; compare it with AnswersText() or
  // AnswersNumber().
  QuizAnswer Answer(const std::string& question);

 private:
  friend class CheckRunner;
  class Exploring;
  void TestBody() final;
  void SetUp() final {
  }  // would run outside the body's handlers: what a fixture prepares is a function that bodies call
  void TearDown() final {}

  const build::Program& ProgramOf(const RunOptions& options);
  bool Tries(int attempt);  // whether to make it; it is then the one that a failure names
  void SkipIfAskedForMore();

  CheckContext* context_ = nullptr;  // both set by CheckRunner before the body runs
  CheckRecord* record_ = nullptr;
  std::string id_;
  std::optional<Random> random_;
};

}  // namespace grader::checks

// LAB_CHECK(Reap, LeavesNoZombieInABurst, .points = 10, .hint = "...") { ... }
// The rest of the arguments are CheckSpec's members, in their order.
#define LAB_CHECK(suite, name, ...) LAB_CHECK_F(::grader::checks::LabCheck, suite, name __VA_OPT__(, ) __VA_ARGS__)

// The same with a fixture of the lab's own, derived from LabCheck.
#define LAB_CHECK_F(fixture, suite, name, ...)                                                                     \
  class suite##_##name##_Check : public fixture {                                                                  \
    void Body() override;                                                                                          \
  };                                                                                                               \
  [[maybe_unused]] static const ::grader::checks::Registration suite##_##name##_registered(                        \
      {#suite, #name, __FILE__, __LINE__}, ::grader::checks::CheckSpec{__VA_ARGS__},                               \
      []() -> std::unique_ptr<::grader::checks::LabCheck> { return std::make_unique<suite##_##name##_Check>(); }); \
  void suite##_##name##_Check::Body()
