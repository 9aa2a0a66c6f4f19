#include "grader/observe/interventions.h"

#include <algorithm>
#include <csignal>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "observed.h"

namespace grader::observe {
namespace {

using Action = Intervention::Action;
using Unit = Intervention::Unit;
using testing::Eq;
using testing::HasSubstr;
using testing::Optional;

Observation Directed(const std::string& name, std::vector<std::string> arguments, Intervention intervention) {
  RunRequest request = Program("directed_" + name, std::move(arguments));
  request.interventions = {std::move(intervention)};
  return See(std::move(request));
}

TEST(Interventions, RefusesAMarkThatCannotBeAName) {
  EXPECT_THROW(Interventions({{.mark = ""}}), std::invalid_argument);
  EXPECT_THROW(Interventions({{.mark = "fifteen letters"}}), std::invalid_argument);
  EXPECT_THROW(Interventions({{.mark = "m", .after = -1}}), std::invalid_argument);
}

TEST(Interventions, ActsWhenSoManyUnitsAreDone) {
  Interventions interventions({{.mark = "m", .after = 2}});
  interventions.Named(7, 0, "other");
  EXPECT_EQ(interventions.UnitOf(7), std::nullopt);
  interventions.Named(7, 3, "m");
  EXPECT_THAT(interventions.UnitOf(7), Optional(Unit::kCalls));
  EXPECT_EQ(interventions.Done(7), std::nullopt);  // the mark
  EXPECT_EQ(interventions.Done(7), std::nullopt);
  EXPECT_THAT(interventions.Done(7), Optional(Action::kKill));
  const Stretch& stretch = interventions.stretches().front();
  EXPECT_TRUE(stretch.begun && stretch.acted && !stretch.whole);
  EXPECT_EQ(stretch.length, 2);
  EXPECT_EQ(stretch.process, 3);
}

TEST(Interventions, ActsAtTheMarkItself) {
  Interventions interventions({{.mark = "m", .after = 0, .action = Action::kHold}});
  interventions.Named(7, 0, "m");
  EXPECT_THAT(interventions.Done(7), Optional(Action::kHold));
  EXPECT_EQ(interventions.UnitOf(7), std::nullopt);
}

TEST(Interventions, ServesThoseWhoCallAMarkOneAfterTheOther) {
  Interventions interventions({{.mark = "m", .after = 1}, {.mark = "m", .unit = Unit::kInstructions, .after = 1}});
  interventions.Named(1, 1, "m");
  interventions.Named(2, 2, "m");
  interventions.Named(3, 3, "m");
  EXPECT_THAT(interventions.UnitOf(1), Optional(Unit::kCalls));
  EXPECT_THAT(interventions.UnitOf(2), Optional(Unit::kInstructions));
  EXPECT_EQ(interventions.UnitOf(3), std::nullopt);
}

TEST(Interventions, LetNobodyPassAMarkBeforeItsHold) {
  Interventions interventions({{.mark = "m", .after = 1, .action = Action::kHold}});
  interventions.Named(1, 1, "m");
  EXPECT_EQ(interventions.HoldToCome(1, "m"), std::nullopt);
  EXPECT_EQ(interventions.HoldToCome(2, "other"), std::nullopt);
  ASSERT_THAT(interventions.HoldToCome(2, "m"), Optional(Eq(0U)));
  EXPECT_TRUE(interventions.IsToCome(0));
  interventions.Done(1);
  EXPECT_THAT(interventions.Done(1), Optional(Action::kHold));
  EXPECT_EQ(interventions.HoldToCome(2, "m"), std::nullopt);
  EXPECT_FALSE(interventions.IsToCome(0));
}

TEST(Interventions, WaitForNoHoldThatCannotComeAnyMore) {
  Interventions interventions({{.mark = "m", .after = 9, .action = Action::kHold}});
  interventions.Named(1, 1, "m");
  interventions.Ended(1);
  EXPECT_EQ(interventions.HoldToCome(2, "m"), std::nullopt);
  EXPECT_FALSE(interventions.IsToCome(0));
}

TEST(Interventions, EndsAStretchAtItsEndMarkOnly) {
  Interventions interventions({{.mark = "m", .after = Intervention::kNever}});
  interventions.Named(1, 1, "m");
  interventions.Done(1);
  interventions.Named(2, 2, "m.");
  EXPECT_FALSE(interventions.stretches().front().whole);
  interventions.Done(1);
  interventions.Named(1, 1, "m.");
  EXPECT_TRUE(interventions.stretches().front().whole);
  EXPECT_EQ(interventions.stretches().front().length, 1);
  EXPECT_EQ(interventions.UnitOf(1), std::nullopt);
}

TEST(Interventions, CountsTheCallsOfAStretch) {
  const Observation seen = Directed("counts_calls", {}, {.mark = "count", .after = Intervention::kNever});
  EXPECT_THAT(seen, ExitsWith(0));
  EXPECT_EQ(seen.out.text(), "110\n");
  ASSERT_EQ(seen.stretches.size(), 1U);
  const Stretch& stretch = seen.stretches.front();
  EXPECT_TRUE(stretch.begun && stretch.whole && !stretch.acted);
  EXPECT_EQ(stretch.length, 10);
  EXPECT_EQ(stretch.process, 1);
}

TEST(Interventions, KillAfterEachCall) {
  for (int after = 0; after <= 10; ++after) {
    const Observation seen = Directed("counts_calls", {}, {.mark = "count", .after = after});
    EXPECT_THAT(seen, ExitsWith(0));
    EXPECT_EQ(seen.out.text(), std::to_string(after == 0 ? 0 : after - 1) + "\n");
    EXPECT_TRUE(seen.stretches.at(0).acted);
    EXPECT_EQ(seen.stretches.at(0).length, after);
    EXPECT_EQ(seen.processes.at(1).status, (ExitStatus{true, SIGKILL}));
    EXPECT_TRUE(seen.processes.at(1).killed_on_purpose);
    EXPECT_FALSE(seen.processes.at(1).killed_by_grader);
  }
}

TEST(Interventions, TellNothingOfAMarkNobodyCalls) {
  const Observation seen = Directed("counts_calls", {}, {.mark = "nowhere", .after = 1});
  EXPECT_EQ(seen.out.text(), "110\n");
  EXPECT_FALSE(seen.stretches.at(0).begun || seen.stretches.at(0).acted);
}

TEST(Interventions, BlameNobodyForWhoAKilledProcessLeaves) {
  const Observation seen = Directed("killed_first", {}, {.mark = "main", .after = 3});
  EXPECT_THAT(seen, DiesBy(SIGKILL));
  ASSERT_EQ(seen.processes.size(), 3U);
  for (const ProcessRecord& process : seen.processes) EXPECT_FALSE(LeftBehind(process)) << process.index;
}

TEST(Interventions, EndAStretchWhereAnotherProgramBegins) {
  for (const Unit unit : {Unit::kCalls, Unit::kInstructions}) {
    const Observation seen =
        Directed("execs_in_stretch", {}, {.mark = "exec", .unit = unit, .after = Intervention::kNever});
    EXPECT_THAT(seen, ExitsWith(4));
    EXPECT_TRUE(seen.stretches.at(0).begun);
    EXPECT_FALSE(seen.stretches.at(0).whole);
  }
}

TEST(Interventions, ProveTheDeadlockOfThoseWhoWaitForTheKilled) {
  const Observation seen = Directed("lock_holder", {}, {.mark = "hold", .after = 1});
  ASSERT_NE(As<Deadlocked>(seen), nullptr) << Describe(seen.outcome);
  EXPECT_EQ(As<Deadlocked>(seen)->deadlock.cause, DeadlockCause::kAbandonedLock);
}

TEST(Interventions, HoldUntilNobodyElseCanGoOn) {
  for (const int after : {0, 1, 2}) {
    const Observation seen = Directed("lock_holder", {}, {.mark = "hold", .after = after, .action = Action::kHold});
    EXPECT_THAT(seen, ExitsWith(0)) << Describe(seen.outcome);
    EXPECT_TRUE(seen.stretches.at(0).acted);
    EXPECT_TRUE(seen.stretches.at(0).whole);
    EXPECT_EQ(seen.out.text(), "both had it\n");
  }
}

TEST(Interventions, HoldNobodyForOneWhoSpins) {
  const Observation seen = Directed("spins", {}, {.mark = "work", .after = 1, .action = Action::kHold});
  EXPECT_THAT(seen, ExitsWith(0)) << Describe(seen.outcome);
  EXPECT_TRUE(seen.stretches.at(0).acted);
}

TEST(Interventions, HoldNobodyAgainstTheEnd) {
  RunRequest request = Program("directed_sleeping_child");
  request.interventions = {{.mark = "wait", .after = 0, .action = Action::kHold}};
  const auto run = Run::Start(TheSpawner(), std::move(request));
  ASSERT_TRUE(run->WaitUntil([](const Progress& progress) { return progress.out == "ready\n"; }));
  run->Stop();
  const Observation seen = run->Finish();
  EXPECT_NE(As<Stopped>(seen), nullptr) << Describe(seen.outcome);
}

TEST(Interventions, HoldSomebodyWhomASignalKills) {
  RunRequest request = Program("directed_sleeping_child");
  request.interventions = {{.mark = "wait", .after = 0, .action = Action::kHold}};
  const auto run = Run::Start(TheSpawner(), std::move(request));
  ASSERT_TRUE(run->WaitUntil([](const Progress& progress) { return progress.out == "ready\n"; }));
  run->Signal(SIGKILL);
  EXPECT_THAT(run->Finish(), DiesBy(SIGKILL));
}

TEST(Interventions, StepOverWhateverComes) {
  const Observation seen =
      Directed("steps_over", {}, {.mark = "steps", .unit = Unit::kInstructions, .after = Intervention::kNever});
  EXPECT_THAT(seen, ExitsWith(0)) << Describe(seen.outcome);
  EXPECT_EQ(seen.out.text(), "1 7 9\n");
  EXPECT_TRUE(seen.stretches.at(0).whole);
  EXPECT_GT(seen.stretches.at(0).length, 50);
}

TEST(Interventions, TellWhereTheProgramIsInItsOwnCode) {
  const Observation seen =
      Directed("steps_over", {}, {.mark = "steps", .unit = Unit::kInstructions, .after = Intervention::kNever});
  const Stretch& measured = seen.stretches.at(0);
  EXPECT_GT(measured.own_code.size(), 10U);
  EXPECT_LT(measured.own_code.size(), static_cast<std::size_t>(measured.length));  // it calls the library, too
  EXPECT_TRUE(std::ranges::is_sorted(measured.own_code));
  EXPECT_LE(measured.own_code.back(), measured.length);
}

RunRequest CounterHeldAfter(const std::string& kind, int after) {
  RunRequest request = Program("race_silent_counter", {kind});
  request.interventions = {{.mark = "add", .unit = Unit::kInstructions, .after = after, .action = Action::kHold}};
  return request;
}

Stretch MeasuredCounter(const std::string& kind) {
  const Observation whole = See(CounterHeldAfter(kind, Intervention::kNever));
  EXPECT_THAT(whole, ExitsWith(0));
  EXPECT_TRUE(whole.stretches.at(0).whole);
  return whole.stretches.at(0);
}

bool LosesAnUpdate(const std::string& kind, int after) {
  const Observation seen = See(CounterHeldAfter(kind, after));
  EXPECT_TRUE(seen.stretches.at(0).acted) << after;
  const auto* const exited = As<Exited>(seen);
  return exited == nullptr || exited->code != 0;
}

// How many of the moments of the marked stretch at which the first child can be held lose an update.
int MomentsThatLoseAnUpdate(const std::string& kind) {
  const int length = MeasuredCounter(kind).length;
  EXPECT_GT(length, 3);
  EXPECT_LT(length, 400);
  int lost = 0;
  for (int after = 0; after <= length; ++after) lost += LosesAnUpdate(kind, after) ? 1 : 0;
  return lost;
}

TEST(Interventions, FindAnUpdateThatGetsLostBetweenInstructions) {
  EXPECT_GE(MomentsThatLoseAnUpdate("wrong"), 2);  // between load and add, and between add and store
}

TEST(Interventions, FindNothingInAnAtomicUpdate) { EXPECT_EQ(MomentsThatLoseAnUpdate("right"), 0); }

TEST(Interventions, TellWhereSharedMemoryIsTouched) {
  EXPECT_EQ(MeasuredCounter("right").shared.size(), 1U);
  const auto shared = MeasuredCounter("wrong").shared;
  ASSERT_EQ(shared.size(), 2U);  // load and store
  EXPECT_FALSE(LosesAnUpdate("wrong", shared.front()));
  EXPECT_TRUE(LosesAnUpdate("wrong", shared.back()));
}

TEST(Interventions, HoldInTheMidstOfAnInstructionThatIsNotAtomic) {
  const auto shared = MeasuredCounter("single").shared;
  ASSERT_EQ(shared.size(), 1U);
  EXPECT_TRUE(LosesAnUpdate("single", shared.front()));
}

}  // namespace
}  // namespace grader::observe
