// Golden: what a student reads of how a program ended.
#include "grader/observe/outcome.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>

#include "grader/observe/final_outcome.h"

namespace grader::observe {
namespace {

TEST(Describe, IsPlainEnglish) {
  const std::pair<Outcome, const char*> cases[] = {
      {Exited{0}, "ended with status 0"},
      {Exited{3}, "ended with status 3"},
      {Signaled{SIGSEGV, {}}, "was killed by SIGSEGV: it used memory that is not its own"},
      {Signaled{SIGSEGV, {{"Use", "crash.cpp", 6, true}}},
       "was killed by SIGSEGV: it used memory that is not its own (crash.cpp:6)"},
      {Signaled{SIGABRT, {}},
       "was killed by SIGABRT: it gave up by itself: abort, a failed assert or an exception that nobody caught"},
      {Signaled{SIGPIPE, {}}, "was killed by SIGPIPE: it wrote to a pipe or socket that nobody reads any more"},
      {Signaled{SIGTERM, {}}, "was killed by SIGTERM"},
      {Signaled{SIGRTMIN, {}}, "was killed by signal 34"},
      {OutOfTime{sandbox::Limit::kCpuTime}, "used up its processor time without coming to an end"},
      {OutOfTime{sandbox::Limit::kWallTime}, "did not come to an end in time"},
      {OutOfMemory{}, "needed more memory than is allowed"},
      {TooManyProcesses{}, "had more processes and threads at once than are allowed"},
      {TooMuchOutput{}, "printed more than is allowed"},
      {CouldNotStart{ENOENT}, "could not be started: No such file or directory"},
      {Stopped{}, "was stopped by the check"},
      {GraderFault{"ptrace: Operation not permitted"}, "could not be judged: ptrace: Operation not permitted"},
  };
  for (const auto& [outcome, text] : cases) EXPECT_EQ(Describe(outcome), text);
}

TEST(Describe, TellsADeadlockOfOneFromOneOfMany) {
  Deadlocked deadlocked;
  deadlocked.deadlock.tasks.resize(1);
  EXPECT_EQ(Describe(deadlocked), "is deadlocked: it waits for something that can never happen");
  deadlocked.deadlock.tasks.resize(2);
  EXPECT_EQ(Describe(deadlocked), "is deadlocked: all of it waits for something that can never happen");
}

class FinalOutcomeTest : public testing::Test {
 protected:
  Outcome Final() const { return FinalOutcome(cause_, program_, usage_, limits_); }

  std::optional<Outcome> cause_;
  ProcessRecord program_;
  sandbox::Usage usage_;
  sandbox::Limits limits_;
};

TEST_F(FinalOutcomeTest, IsTheFirstCause) {
  cause_ = Stopped{};
  program_.status = ExitStatus{true, SIGKILL};
  usage_.out_of_memory = true;
  EXPECT_TRUE(std::holds_alternative<Stopped>(Final()));
}

TEST_F(FinalOutcomeTest, IsTheProgramsStatusWithoutACause) {
  program_.status = ExitStatus{false, 3};
  EXPECT_EQ(std::get<Exited>(Final()).code, 3);
  program_.status = ExitStatus{true, SIGKILL};
  EXPECT_EQ(std::get<Signaled>(Final()).signal, SIGKILL);
}

TEST_F(FinalOutcomeTest, KnowsTheKernelsKillsForLimits) {
  program_.status = ExitStatus{true, SIGKILL};
  usage_.cpu_time = limits_.cpu_time;
  EXPECT_EQ(std::get<OutOfTime>(Final()).limit, sandbox::Limit::kCpuTime);
  usage_.out_of_memory = true;
  EXPECT_TRUE(std::holds_alternative<OutOfMemory>(Final()));
  usage_ = {};
  usage_.out_of_processes = true;
  EXPECT_TRUE(std::holds_alternative<TooManyProcesses>(Final()));
}

TEST_F(FinalOutcomeTest, OfAProgramThatVanishedIsAFault) { EXPECT_THROW(Final(), std::runtime_error); }

}  // namespace
}  // namespace grader::observe
