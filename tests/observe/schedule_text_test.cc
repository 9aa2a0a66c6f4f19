#include "grader/observe/schedule_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>

namespace grader::observe {
namespace {

using Kind = ScheduleStep::Kind;
using testing::ElementsAre;
using testing::IsEmpty;

class ScheduleText : public testing::Test {
 protected:
  ScheduleText() {
    for (int i = 0; i < 4; ++i) {
      ProcessRecord& process = seen_.processes.emplace_back();
      process.index = i;
      process.parent = i == 0 ? -1 : i == 3 ? 2 : 0;
    }
  }

  ScheduleStep& Add(Kind kind, int process, int call = -1) {
    ScheduleStep& step = seen_.steps.emplace_back();
    step.number = static_cast<int>(seen_.steps.size());
    step.kind = kind;
    step.process = process;
    step.call = call;
    return step;
  }

  Observation seen_;
};

TEST_F(ScheduleText, TellsWhatEachStepWas) {
  ScheduleStep& kill = Add(Kind::kCalls, 0, SYS_kill);
  kill.arguments[0] = 4;
  kill.arguments[1] = SIGUSR1;
  kill.result = 0;
  Add(Kind::kPutBack, 2, SYS_pause);
  Add(Kind::kSignalFirst, 2, SYS_pause);
  Add(Kind::kSleepSkipped, 0, SYS_clock_nanosleep);
  Add(Kind::kBegins, 3).thread = 2;
  Add(Kind::kReturns, 1);
  Add(Kind::kKilled, 1);
  EXPECT_THAT(
      TellSteps(seen_, 20),
      ElementsAre("1. the program: kill(4, SIGUSR1) = 0", "2. child 2 is held before pause(): the others go first",
                  "3. child 2 gets a signal before pause()", "4. the program: clock_nanosleep() is over",
                  "5. process 3, thread 2 begins", "6. child 1 goes on after its wait",
                  "7. child 1 is killed by the check"));
}

TEST_F(ScheduleText, ShowsWhatCallsAreAbout) {
  ScheduleStep& write = Add(Kind::kCalls, 0, SYS_write);
  write.arguments[0] = 1;
  write.subject = "a\"\n\x01";
  write.result = 4;
  ScheduleStep& open = Add(Kind::kCalls, 0, SYS_openat);
  open.subject = "/tmp/x";
  open.result = -ENOENT;
  Add(Kind::kCalls, 0, SYS_pause).result = -514;
  EXPECT_THAT(TellSteps(seen_, 20), ElementsAre(R"(1. the program: write(1, "a"\n\x01") = 4)",
                                                R"(2. the program: openat("/tmp/x") = -1 ENOENT)",
                                                "3. the program: pause(), cut short by a signal"));
}

TEST_F(ScheduleText, TellsTheLastSteps) {
  for (int i = 0; i < 5; ++i) Add(Kind::kReturns, 1);
  EXPECT_THAT(TellSteps(seen_, 2),
              ElementsAre("4. child 1 goes on after its wait", "5. child 1 goes on after its wait"));
}

TEST_F(ScheduleText, IsEmptyWithoutASchedule) { EXPECT_THAT(TellSteps(seen_, 20), IsEmpty()); }

}  // namespace
}  // namespace grader::observe
