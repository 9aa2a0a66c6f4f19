// How runs end, by themselves and by limits, and what they leave.
#include <sys/syscall.h>

#include <algorithm>
#include <csignal>

#include "tests/observe/observed.h"

namespace grader::observe {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr TraceLevel kLevels[] = {TraceLevel::kNone, TraceLevel::kLifecycle, TraceLevel::kBlocking};

RunRequest At(TraceLevel level, RunRequest request) {
  request.level = level;
  return request;
}

TEST(Output, IsKeptWholeBelowTheLimit) {
  for (const TraceLevel level : kLevels) {
    RunRequest request = At(level, Program("echo"));
    request.input = "one\ntwo\n";
    const Observation seen = See(request);
    ASSERT_THAT(seen, ExitsWith(0));
    EXPECT_TRUE(seen.out.complete());
    EXPECT_EQ(seen.out.text(), "you said one\nyou said two\nbye\n");
    EXPECT_EQ(seen.err.text(), "");
    ASSERT_THAT(seen.lines, SizeIs(3));
    EXPECT_EQ(seen.lines[1].line, "you said two");
    EXPECT_FALSE(seen.lines[2].at < seen.lines[0].at);
  }
}

TEST(Output, CanBeAnsweredWhileItRuns) {
  RunRequest request = Program("echo");
  request.keep_input_open = true;
  const auto run = Run::Start(TheSpawner(), request);
  std::string expected;
  for (const char* word : {"a", "b", "c"}) {
    run->Write(std::string(word) + "\n");
    expected += std::string("you said ") + word + "\n";
    ASSERT_TRUE(run->WaitUntil([&](const Progress& now) { return now.out == expected; }));
  }
  run->CloseInput();
  const Observation seen = run->Finish();
  EXPECT_THAT(seen, ExitsWith(0));
  EXPECT_EQ(seen.out.text(), expected + "bye\n");
}

TEST(Output, OfAFloodEndsTheRunAndKeepsHeadAndTail) {
  for (const TraceLevel level : kLevels) {
    RunRequest request = At(level, Program("flood"));
    request.limits.output = os::KiB(256);
    const Observation seen = See(request);
    EXPECT_NE(As<TooMuchOutput>(seen), nullptr) << Describe(seen.outcome);
    EXPECT_EQ(seen.out.head, std::string(256 * 1024, 'y'));
    EXPECT_LE(seen.out.tail.size(), 64u * 1024u);
  }
}

TEST(Limits, OfProcessorTimeEndAnEndlessLoop) {
  for (const TraceLevel level : kLevels) {
    RunRequest request = At(level, Program("endless_loop"));
    request.limits.cpu_time = std::chrono::milliseconds(200);
    const Observation seen = See(request);
    const auto* const end = As<OutOfTime>(seen);
    ASSERT_NE(end, nullptr) << Describe(seen.outcome);
    EXPECT_EQ(end->limit, sandbox::Limit::kCpuTime);
    EXPECT_GE(seen.usage.cpu_time, request.limits.cpu_time);
    EXPECT_TRUE(seen.processes.front().killed_by_grader);
  }
}

TEST(Limits, OfFairTimeEndAProgramThatOnlyWaits) {
  RunRequest request = Program("echo");
  request.keep_input_open = true;
  request.limits.wall_time = std::chrono::milliseconds(50);
  const auto run = Run::Start(TheSpawner(), request);
  EXPECT_FALSE(run->WaitUntil([](const Progress&) { return false; }));
  const Observation seen = run->Finish();
  const auto* const end = As<OutOfTime>(seen);
  ASSERT_NE(end, nullptr) << Describe(seen.outcome);
  EXPECT_EQ(end->limit, sandbox::Limit::kWallTime);
}

const TaskPlace* PlaceIn(const OutOfTime& end, const std::string& file) {
  const auto place = std::ranges::find_if(end.places, [&](const TaskPlace& each) {
    const auto frame = StudentFrame(each.stack);
    return frame && frame->file == file && frame->line > 0;
  });
  return place == end.places.end() ? nullptr : &*place;
}

TEST(Limits, OfProcessorTimeTellWhereTheLoopIs) {
  RunRequest request = Program("endless_loop");
  request.limits.cpu_time = std::chrono::milliseconds(200);
  const Observation seen = See(request);
  const auto* const end = As<OutOfTime>(seen);
  ASSERT_NE(end, nullptr) << Describe(seen.outcome);
  EXPECT_THAT(end->places, SizeIs(1));
  const TaskPlace* const place = PlaceIn(*end, "endless_loop.cpp");
  ASSERT_NE(place, nullptr);
  EXPECT_FALSE(place->asleep);
}

TEST(Limits, OfFairTimeTellWhereEverybodySleeps) {
  RunRequest request = Program("sleeps_with_child");
  request.limits.wall_time = std::chrono::milliseconds(300);
  const Observation seen = See(request);
  const auto* const end = As<OutOfTime>(seen);
  ASSERT_NE(end, nullptr) << Describe(seen.outcome);
  ASSERT_THAT(end->places, SizeIs(2));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(end->places[i].process, static_cast<int>(i));
    EXPECT_TRUE(end->places[i].asleep);
    EXPECT_TRUE(StudentFrame(end->places[i].stack));
  }
}

TEST(Stop, EndsARunThatWouldGoOn) {
  for (const TraceLevel level : kLevels) {
    RunRequest request = At(level, Program("echo"));
    request.keep_input_open = true;
    const auto run = Run::Start(TheSpawner(), request);
    run->Write("ready\n");
    ASSERT_TRUE(run->WaitUntil([](const Progress& now) { return now.out == "you said ready\n"; }));
    run->Stop();
    const Observation seen = run->Finish();
    EXPECT_NE(As<Stopped>(seen), nullptr) << Describe(seen.outcome);
    EXPECT_EQ(seen.out.text(), "you said ready\n");
  }
}

TEST(Signal, ReachesTheProgram) {
  RunRequest request = Program("echo");
  request.keep_input_open = true;
  const auto run = Run::Start(TheSpawner(), request);
  run->Write("ready\n");
  ASSERT_TRUE(run->WaitUntil([](const Progress& now) { return !now.out.empty(); }));
  run->Signal(SIGTERM);
  EXPECT_THAT(run->Finish(), DiesBy(SIGTERM));
}

TEST(Run, TellsWhenEverybodySleeps) {
  RunRequest request = Program("echo");
  request.keep_input_open = true;
  const auto run = Run::Start(TheSpawner(), request);
  ASSERT_TRUE(run->WaitUntil([](const Progress& now) { return now.everybody_asleep && now.processes_alive == 1; }));
  run->CloseInput();
  EXPECT_THAT(run->Finish(), ExitsWith(0));
}

TEST(Runs, SideBySideDoNotDisturbEachOther) {
  std::vector<std::unique_ptr<observe::Run>> runs;
  for (int i = 0; i < 4; ++i) runs.push_back(Run::Start(TheSpawner(), Program("forking_threads")));
  for (const auto& run : runs) {
    const Observation seen = run->Finish();
    ASSERT_THAT(seen, ExitsWith(0));
    EXPECT_THAT(ChildrenOf(seen, 0), SizeIs(40));
    for (const ProcessRecord* child : ChildrenOf(seen, 0)) EXPECT_TRUE(WaitedFor(*child));
  }
}

int CountCalls(const Observation& seen, int number) {
  return static_cast<int>(std::ranges::count(seen.calls, number, &Call::number));
}

TEST(Calls, ThatMakeIpcObjectsAreSeen) {
  const Observation seen = See("ipc_creators");
  ASSERT_THAT(seen, ExitsWith(0));
  for (const int number : {SYS_pipe, SYS_socketpair, SYS_mq_open, SYS_mq_unlink, SYS_eventfd2, SYS_shmget, SYS_semget,
                           SYS_msgget, SYS_shmctl, SYS_semctl, SYS_msgctl}) {
    EXPECT_GE(CountCalls(seen, number) + (number == SYS_pipe ? CountCalls(seen, SYS_pipe2) : 0), 1) << number;
  }
  EXPECT_THAT(seen.calls, Contains(AllOf(Field(&Call::number, SYS_mmap), Field(&Call::subject, "/dev/shm/observed"))));
  EXPECT_THAT(seen.calls,
              Contains(AllOf(Field(&Call::number, SYS_mmap), Field(&Call::subject, HasSubstr("/dev/shm/sem.")))));
  EXPECT_THAT(seen.calls, Contains(AllOf(Field(&Call::number, SYS_mq_open), Field(&Call::subject, "observed"))));
  EXPECT_THAT(seen.leftovers, IsEmpty());
}

TEST(Calls, AreToldApartByWhetherTheySlept) {
  RunRequest request = At(TraceLevel::kBlocking, Program("sleepers"));
  const Observation seen = See(request);
  ASSERT_THAT(seen, ExitsWith(0));
  for (const Call& call : seen.calls) {
    if (call.number == SYS_poll) {
      EXPECT_TRUE(call.returned);
      EXPECT_EQ(call.result, 1);
      EXPECT_FALSE(call.blocked);
    }
    if (call.number == SYS_clock_nanosleep) {
      EXPECT_TRUE(call.blocked);
    }
  }
  EXPECT_EQ(CountCalls(seen, SYS_poll), 1);
  EXPECT_EQ(CountCalls(seen, SYS_clock_nanosleep), 1);
}

TEST(Leftovers, AreFoundWithoutATracerToo) {
  const Observation seen = See(At(TraceLevel::kNone, Program("leaves_objects")));
  ASSERT_THAT(seen, ExitsWith(0));
  EXPECT_THAT(seen.leftovers, Contains(Field(&Leftover::name, "/dev/mqueue/left")));
  EXPECT_THAT(seen.leftovers, Contains(Field(&Leftover::name, "/dev/shm/left")));
  EXPECT_THAT(seen.leftovers, Contains(Field(&Leftover::name, "/tmp/left")));
}

TEST(Leftovers, AreNamed) {
  RunRequest request = Program("leaves_objects");
  request.collect = {"result", "link", "nothing"};
  const Observation seen = See(request);
  ASSERT_THAT(seen, ExitsWith(0));
  std::vector<std::string> names;
  for (const Leftover& left : seen.leftovers) names.push_back(left.name);
  EXPECT_THAT(names, Contains("/dev/shm/left"));
  EXPECT_THAT(names, Contains("/dev/shm/sem.left"));
  EXPECT_THAT(names, Contains("/dev/mqueue/left"));
  EXPECT_THAT(names, Contains("/tmp/left"));
  EXPECT_THAT(names, Contains("/work/result"));
  EXPECT_THAT(names, Contains(HasSubstr("semaphore set")));
  EXPECT_THAT(seen.collected, ElementsAre(std::pair("result", "42\n")));
}

TEST(Descriptors, LeakedAreOpenAtExit) {
  const Observation seen = See("leaks_descriptors");
  ASSERT_THAT(seen, ExitsWith(0));
  const ProcessRecord& process = seen.processes.front();
  EXPECT_THAT(process.open_at_start, SizeIs(3));
  ASSERT_THAT(process.open_at_exit, SizeIs(6));
  EXPECT_EQ(process.open_at_exit[3].number, 5);
  EXPECT_EQ(process.open_at_exit[3].target, "/dev/null");
}

// The child computes for 100 ms of processor time, however long that takes.
TEST(Waiting, AsleepPollingAndBusyAreToldApart) {
  using std::chrono::milliseconds;
  const Activity asleep = See("waits_how", {"sleep"}).processes.front().activity;
  const Activity polling = See("waits_how", {"poll"}).processes.front().activity;
  const Activity busy = See("waits_how", {"busy"}).processes.front().activity;
  EXPECT_LT(asleep.voluntary_switches, 30u);
  EXPECT_GT(polling.voluntary_switches, 2 * asleep.voluntary_switches);
  EXPECT_LT(asleep.cpu_time, milliseconds(50));
  EXPECT_GT(busy.cpu_time, asleep.cpu_time);
  EXPECT_GT(asleep.samples_asleep, asleep.samples_running);
  EXPECT_GT(busy.samples_running, busy.samples_asleep);
  EXPECT_GT(polling.samples_timed_sleep + polling.samples_running, polling.samples_asleep);
}

}  // namespace
}  // namespace grader::observe
