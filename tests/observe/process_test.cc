// Who makes, waits for and leaves behind whom.
#include <csignal>

#include "tests/observe/observed.h"

namespace grader::observe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(Reaping, IsSeenWithWaiterAndStatus) {
  const Observation seen = See("wait_one");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  const ProcessRecord& child = seen.processes[1];
  EXPECT_EQ(child.parent, 0);
  EXPECT_EQ(child.creation, Creation::kFork);
  EXPECT_EQ(child.status, (ExitStatus{false, 7}));
  EXPECT_EQ(child.reaped_by, ReapedBy::kParent);
  EXPECT_EQ(child.reaping_thread, seen.processes[0].pid);
  EXPECT_TRUE(WaitedFor(child));
  EXPECT_FALSE(LeftBehind(child));
  ASSERT_TRUE(child.ended && child.reaped);
  EXPECT_LT(child.started, *child.ended);
  EXPECT_LT(*child.ended, *child.reaped);
  EXPECT_LT(*child.reaped, seen.program_ended);
}

TEST(Reaping, ByIdAndByAnotherThreadIsSeen) {
  const Observation seen = See("waitpid_reverse");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(4));
  for (const int child : {1, 2, 3}) EXPECT_TRUE(WaitedFor(seen.processes[child])) << child;
  EXPECT_LT(*seen.processes[3].reaped, *seen.processes[2].reaped);
  EXPECT_LT(*seen.processes[2].reaped, *seen.processes[1].reaped);
  ASSERT_THAT(seen.processes[0].threads, SizeIs(2));
  EXPECT_EQ(seen.processes[1].reaping_thread, seen.processes[0].threads[1].tid);
}

TEST(Reaping, IsNotWhatWnowaitDoes) {
  RunRequest request = Program("waitid_nowait");
  request.keep_input_open = true;
  const auto run = Run::Start(TheSpawner(), request);
  ASSERT_TRUE(run->WaitUntil([](const Progress& now) { return now.out == "seen\n"; }));
  run->Write("x");
  const Observation seen = run->Finish();
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  EXPECT_TRUE(WaitedFor(seen.processes[1]));
  ASSERT_THAT(seen.lines, SizeIs(1));
  EXPECT_LT(seen.lines[0].at, *seen.processes[1].reaped);
}

TEST(Reaping, WithoutAskingWhomIsSeen) {
  const Observation seen = See("waitid_null");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  EXPECT_TRUE(WaitedFor(seen.processes[1]));
}

TEST(Reaping, InASignalHandlerIsSeen) {
  const Observation seen = See("sigchld_handler");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(6));
  for (const ProcessRecord* child : ChildrenOf(seen, 0)) EXPECT_TRUE(WaitedFor(*child)) << child->pid;
}

TEST(Reaping, ByTheKernelIsSeen) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{}, {"nocldwait"}}) {
    const Observation seen = See("sigchld_ignored", arguments);
    ASSERT_THAT(seen, ExitsWith(0));
    ASSERT_THAT(seen.processes, SizeIs(4));
    for (const ProcessRecord* child : ChildrenOf(seen, 0)) {
      EXPECT_EQ(child->reaped_by, ReapedBy::kKernel);
      EXPECT_FALSE(child->left_as_zombie);
      EXPECT_EQ(child->zombie_for.count(), 0);
    }
  }
}

TEST(Orphan, OfADoubleForkIsReapedByInit) {
  const Observation seen = See("double_fork");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(3));
  const ProcessRecord& middle = seen.processes[1];
  const ProcessRecord& grandchild = seen.processes[2];
  EXPECT_TRUE(WaitedFor(middle));
  EXPECT_EQ(middle.status, (ExitStatus{false, 3}));
  EXPECT_EQ(grandchild.parent, 1);
  EXPECT_TRUE(grandchild.orphaned);
  EXPECT_FALSE(grandchild.left_as_zombie);
  EXPECT_TRUE(LeftBehind(grandchild));
  EXPECT_FALSE(WaitedFor(grandchild));
  EXPECT_EQ(grandchild.status, (ExitStatus{false, 9}));
}

TEST(Orphan, MayOutliveTheProgramAndEndByItself) {
  const Observation seen = See("parent_first");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  const ProcessRecord& child = seen.processes[1];
  EXPECT_TRUE(child.orphaned);
  EXPECT_TRUE(child.outlived_program);
  EXPECT_FALSE(child.killed_by_grader);
  EXPECT_EQ(child.status, (ExitStatus{false, 4}));
}

TEST(Orphan, AdoptedByASubreaperIsSeen) {
  const Observation seen = See("subreaper");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(3));
  EXPECT_TRUE(seen.processes[2].orphaned);
  EXPECT_EQ(seen.processes[2].reaped_by, ReapedBy::kInit);
  EXPECT_EQ(seen.processes[2].reaping_thread, seen.processes[0].pid);
}

TEST(Zombie, IsSeenAtItsParentsExit) {
  const Observation seen = See("zombie_at_exit");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  EXPECT_TRUE(seen.processes[1].left_as_zombie);
  EXPECT_FALSE(seen.processes[1].orphaned);
  EXPECT_FALSE(WaitedFor(seen.processes[1]));
}

TEST(Zombie, IsSeenWhileItsParentServes) {
  RunRequest request = Program("zombie_in_server");
  request.keep_input_open = true;
  const auto run = Run::Start(TheSpawner(), request);
  constexpr std::size_t kRequests = 20;
  for (std::size_t i = 0; i < kRequests; ++i) {
    ASSERT_TRUE(run->WaitUntil([i](const Progress& now) { return now.out.size() == i + 1; }));
    run->Write("?");
  }
  run->CloseInput();
  const Observation seen = run->Finish();
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  const ProcessRecord& child = seen.processes[1];
  EXPECT_TRUE(WaitedFor(child));
  EXPECT_FALSE(child.left_as_zombie);
  EXPECT_GE(child.parent_wakeups_as_zombie, kRequests - 1);
}

TEST(Zombie, OfAParentThatWaitsAtOnceLivesForNoWakeups) {
  const Observation seen = See("wait_one");
  ASSERT_THAT(seen.processes, SizeIs(2));
  EXPECT_LE(seen.processes[1].parent_wakeups_as_zombie, 4u);
}

TEST(Tree, KnowsExecVforkAndSpawn) {
  const std::pair<const char*, const char*> cases[] = {
      {"fork_exec", "/usr/bin/false"}, {"vfork_exec", "/usr/bin/true"}, {"spawn", "/usr/bin/true"}};
  for (const auto& [name, program] : cases) {
    const Observation seen = See(name);
    ASSERT_THAT(seen, ExitsWith(0)) << name;
    ASSERT_THAT(seen.processes, SizeIs(2)) << name;
    EXPECT_EQ(seen.processes[0].program, std::string("/box/") + name);
    EXPECT_EQ(seen.processes[1].program, program);
    EXPECT_TRUE(WaitedFor(seen.processes[1])) << name;
  }
  EXPECT_EQ(See("vfork_exec").processes[1].creation, Creation::kVfork);
}

TEST(Tree, KnowsWhereAChildWasMade) {
  const Observation seen = See("wait_one");
  ASSERT_THAT(seen.processes, SizeIs(2));
  const auto frame = StudentFrame(seen.processes[1].created_at);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->function, "main");
  EXPECT_EQ(frame->file, "wait_one.cpp");
  EXPECT_EQ(frame->line, 6);
}

TEST(Tree, KeepsUpWithManyShortChildren) {
  const Observation seen = See("many_children");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(201));
  for (int i = 1; i <= 200; ++i) {
    const ProcessRecord& child = seen.processes[static_cast<std::size_t>(i)];
    EXPECT_EQ(child.parent, 0);
    EXPECT_TRUE(WaitedFor(child));
    EXPECT_EQ(child.status, (ExitStatus{false, i - 1}));
  }
}

TEST(Tree, KeepsUpWithThreadsThatFork) {
  const Observation seen = See("forking_threads");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(41));
  EXPECT_THAT(ChildrenOf(seen, 0), SizeIs(40));
  for (const ProcessRecord* child : ChildrenOf(seen, 0)) EXPECT_TRUE(WaitedFor(*child)) << child->pid;
}

TEST(Threads, AreSeenFromStartToEnd) {
  const Observation seen = See("threads_joined");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(1));
  ASSERT_THAT(seen.processes[0].threads, SizeIs(4));
  for (const ThreadRecord& thread : seen.processes[0].threads) EXPECT_TRUE(thread.ended) << thread.tid;
}

TEST(Threads, EndWithTheirProcess) {
  const Observation seen = See("exit_with_threads");
  ASSERT_THAT(seen, ExitsWith(3));
  ASSERT_THAT(seen.processes, SizeIs(1));
  ASSERT_THAT(seen.processes[0].threads, SizeIs(3));
  for (const ThreadRecord& thread : seen.processes[0].threads) EXPECT_TRUE(thread.ended) << thread.tid;
}

TEST(Threads, MayOutliveTheMainThread) {
  const Observation seen = See("main_thread_first");
  ASSERT_THAT(seen, ExitsWith(4));
  ASSERT_THAT(seen.processes, SizeIs(1));
  const auto& threads = seen.processes[0].threads;
  ASSERT_THAT(threads, SizeIs(2));
  EXPECT_LT(*threads[0].ended, *threads[1].ended);
}

TEST(Threads, MayReplaceTheProgram) {
  const Observation seen = See("exec_from_thread");
  ASSERT_THAT(seen, ExitsWith(1));
  ASSERT_THAT(seen.processes, SizeIs(1));
  EXPECT_EQ(seen.processes[0].program, "/usr/bin/false");
  EXPECT_THAT(seen.processes[0].threads, SizeIs(3));
}

TEST(Ending, BySignalIsToldAsIs) {
  for (const int signal : {SIGTERM, SIGKILL, SIGINT, SIGUSR1, SIGPIPE, SIGALRM}) {
    EXPECT_THAT(See("die_by", {std::to_string(signal)}), DiesBy(signal));
  }
}

TEST(Ending, ByAnErrorTellsWhere) {
  const Observation seen = See("crash", {"segv"});
  ASSERT_THAT(seen, DiesBy(SIGSEGV));
  const auto frame = StudentFrame(As<Signaled>(seen)->stack);
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->file, "crash.cpp");
  EXPECT_EQ(frame->line, 6);
  EXPECT_THAT(See("crash", {"abort"}), DiesBy(SIGABRT));
  EXPECT_THAT(See("crash", {"fpe"}), DiesBy(SIGFPE));
}

TEST(Ending, OfAProgramThatIsNotThereIsNoStudentsFault) {
  const Observation seen = See("missing");
  const auto* const end = As<CouldNotStart>(seen);
  ASSERT_NE(end, nullptr) << Describe(seen.outcome);
  EXPECT_EQ(end->error, ENOENT);
}

TEST(Stopping, AndContinuingIsSeenAsUsualByTheProgram) {
  const Observation seen = See("stop_and_continue");
  ASSERT_THAT(seen, ExitsWith(0));
  ASSERT_THAT(seen.processes, SizeIs(2));
  EXPECT_EQ(seen.processes[1].status, (ExitStatus{true, SIGTERM}));
  EXPECT_TRUE(WaitedFor(seen.processes[1]));
}

TEST(Strays, AreRecordedAndKilled) {
  for (const TraceLevel level : {TraceLevel::kNone, TraceLevel::kLifecycle, TraceLevel::kBlocking}) {
    RunRequest request = Program("strays");
    request.level = level;
    const Observation seen = See(request);
    ASSERT_THAT(seen, ExitsWith(0));
    int strays = 0;
    for (const ProcessRecord& process : seen.processes) {
      if (process.killed_by_grader) ++strays;
      EXPECT_TRUE(!process.killed_by_grader || process.outlived_program);
    }
    EXPECT_EQ(strays, 2) << static_cast<int>(level);
  }
}

}  // namespace
}  // namespace grader::observe
