// Who is stuck, why, and in which words, for made-up waits.
#include "grader/observe/wait_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/observe/deadlock_cause.h"
#include "grader/observe/deadlock_detector.h"
#include "grader/observe/sleeping_call.h"
#include "grader/observe/sockets.h"

namespace grader::observe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// A task of the first process; its ids on the machine are those inside plus 1000.
WaitingTask Task(pid_t tid, Wait wait, pid_t pid = 2) {
  WaitingTask waiting;
  waiting.task = {pid - 2, tid + 1000, pid + 1000, tid, pid};
  waiting.only_task_of_process = false;
  waiting.wait = std::move(wait);
  return waiting;
}

// A task that is alone in its process.
WaitingTask Process(pid_t pid, Wait wait) {
  WaitingTask waiting = Task(pid, std::move(wait), pid);
  waiting.only_task_of_process = true;
  return waiting;
}

Wait Live() { return {}; }

Wait Anybody(WaitKind kind, std::vector<pid_t> wakers = {}, Waker::Role role = Waker::Role::kHolder) {
  Wait wait;
  wait.end = Wait::End::kAnybody;
  wait.kind = kind;
  wait.object = "a pipe (descriptor 3)";
  for (const pid_t waker : wakers) wait.wakers.push_back({role, waker + 1000, 4});
  return wait;
}

Wait MutexOf(pid_t owner) {
  Wait wait = Anybody(WaitKind::kMutex, {owner}, Waker::Role::kOwner);
  wait.end = Wait::End::kOwners;
  wait.owner_tid = owner;
  return wait;
}

std::vector<std::size_t> Stuck(const std::vector<WaitingTask>& tasks) { return StuckTasks(tasks, Outside::kPassive); }

Deadlock Explained(std::vector<WaitingTask> stuck, bool several_processes = false) {
  DeadlockProof proof;
  proof.stuck = std::move(stuck);
  proof.several_processes = several_processes;
  return Explain(proof, {});
}

TEST(StuckTasks, AreAllIfNobodyIsLive) {
  EXPECT_THAT(Stuck({Task(2, Anybody(WaitKind::kSignal)), Task(3, Anybody(WaitKind::kSemaphore))}), ElementsAre(0, 1));
}

TEST(StuckTasks, AreNoneThatALiveTaskMightWake) {
  EXPECT_THAT(Stuck({Task(2, Anybody(WaitKind::kSemaphore)), Task(3, Live())}), IsEmpty());
}

TEST(StuckTasks, AreNoneIfASignalFromOutsideMayRunCode) {
  EXPECT_THAT(StuckTasks({Task(2, Anybody(WaitKind::kSemaphore))}, Outside::kMayAct), IsEmpty());
}

TEST(StuckTasks, AreOwnersOfEachOthersMutexesWhateverOthersDo) {
  EXPECT_THAT(Stuck({Task(2, Live()), Task(3, MutexOf(4)), Task(4, MutexOf(3))}), ElementsAre(1, 2));
}

TEST(StuckTasks, AreThoseBehindAStuckOwner) {
  EXPECT_THAT(Stuck({Task(2, Live()), Task(3, MutexOf(3)), Task(4, MutexOf(3))}), ElementsAre(1, 2));
}

TEST(StuckTasks, AreNotThoseBehindALiveOwner) {
  EXPECT_THAT(Stuck({Task(2, Live()), Task(3, MutexOf(2)), Task(4, MutexOf(3))}), IsEmpty());
}

TEST(StuckTasks, AreNotThoseBehindAnOwnerNobodyLookedAt) { EXPECT_THAT(Stuck({Task(3, MutexOf(9))}), IsEmpty()); }

TEST(StuckTasks, AreNotOwnersWhoThemselvesWaitForAnybody) {
  EXPECT_THAT(Stuck({Task(2, Live()), Task(3, MutexOf(4)), Task(4, Anybody(WaitKind::kSemaphore))}), IsEmpty());
}

TEST(Roots, AreTheCycleAndNotThoseBehindIt) {
  const Roots roots = FindRoots({Task(2, Anybody(WaitKind::kJoin, {3})), Task(3, MutexOf(4)), Task(4, MutexOf(3))});
  EXPECT_THAT(roots.cycle, ElementsAre(1, 2));
  EXPECT_THAT(roots.sinks, IsEmpty());
}

TEST(Roots, AreNotACycleThatWaitsForSomebodyElseToo) {
  // The reader has a writing end itself, but what it waits for is the other writer, who waits for a semaphore.
  const Roots roots =
      FindRoots({Process(2, Anybody(WaitKind::kPipeRead, {2, 3})), Process(3, Anybody(WaitKind::kSemaphore))});
  EXPECT_THAT(roots.cycle, IsEmpty());
  EXPECT_THAT(roots.sinks, ElementsAre(1));
}

TEST(Roots, AreMutexesRatherThanPipes) {
  const Roots roots =
      FindRoots({Process(2, Anybody(WaitKind::kPipeRead, {2})), Task(3, MutexOf(4)), Task(4, MutexOf(3))});
  EXPECT_THAT(roots.cycle, ElementsAre(1, 2));
}

TEST(Roots, AreFoundInBoundedTimeAmongManyTasks) {
  std::vector<WaitingTask> tasks;
  for (pid_t tid = 2; tid < 2000; ++tid) tasks.push_back(Task(tid, MutexOf(tid + 1)));
  EXPECT_THAT(FindRoots(tasks).cycle, IsEmpty());
}

TEST(Cause, IsTheCycle) {
  EXPECT_EQ(Explained({Task(2, MutexOf(2))}).cause, DeadlockCause::kSelfLock);
  EXPECT_EQ(Explained({Task(2, MutexOf(3)), Task(3, MutexOf(2))}).cause, DeadlockCause::kLockCycle);
  EXPECT_EQ(Explained({Task(2, Anybody(WaitKind::kJoin, {3})), Task(3, Anybody(WaitKind::kJoin, {2}))}).cause,
            DeadlockCause::kJoinCycle);
  EXPECT_EQ(Explained({Task(2, Anybody(WaitKind::kJoin, {3})), Task(3, MutexOf(2))}).cause, DeadlockCause::kMixedCycle);
  EXPECT_EQ(
      Explained({Process(2, Anybody(WaitKind::kPipeWrite, {3})), Process(3, Anybody(WaitKind::kPipeWrite, {2}))}).cause,
      DeadlockCause::kFullPipes);
  EXPECT_EQ(Explained({Process(2, Anybody(WaitKind::kPipeRead, {2}))}).cause, DeadlockCause::kOwnPipeEnd);
  EXPECT_EQ(
      Explained({Process(2, Anybody(WaitKind::kChild, {3})), Process(3, Anybody(WaitKind::kPipeRead, {2}))}).cause,
      DeadlockCause::kPipeHeldOpen);
  EXPECT_EQ(
      Explained({Process(2, Anybody(WaitKind::kChild, {3})), Process(3, Anybody(WaitKind::kPipeWrite, {2}))}).cause,
      DeadlockCause::kBlockedChild);
}

TEST(Cause, IsTheOwnPipeEndAlsoIfOthersHoldOneWhileTheyWaitForTheReader) {
  const Deadlock deadlock =
      Explained({Process(2, Anybody(WaitKind::kChild, {3})), Process(3, Anybody(WaitKind::kPipeRead, {2, 3}))});
  EXPECT_EQ(deadlock.cause, DeadlockCause::kOwnPipeEnd);
  EXPECT_THAT(deadlock.cycle, ElementsAre(3));
}

TEST(Cause, IsNobodyWithoutACycle) {
  EXPECT_EQ(Explained({Task(2, Anybody(WaitKind::kSemaphore))}).cause, DeadlockCause::kNobodyToSignal);
  Wait gone = Anybody(WaitKind::kMutex);
  gone.owner_gone = true;
  EXPECT_EQ(Explained({Task(2, gone)}).cause, DeadlockCause::kAbandonedLock);
  EXPECT_EQ(Explained({Process(2, Anybody(WaitKind::kChild, {3})), Process(3, Anybody(WaitKind::kSignal))}).cause,
            DeadlockCause::kBlockedChild);
}

TEST(Refine, BelievesTheFunctionMoreThanTheMemory) {
  const Stack condition = {{"", "", 0, false}, {"pthread_cond_wait", "", 0, false}, {"main", "x.cpp", 3, true}};
  Wait wait = Anybody(WaitKind::kJoin, {3}, Waker::Role::kJoined);
  Refine(wait, condition);
  EXPECT_EQ(wait.kind, WaitKind::kCondition);
  EXPECT_THAT(wait.wakers, IsEmpty());

  Wait barrier = MutexOf(3);
  Refine(barrier, {{"pthread_barrier_wait", "", 0, false}, {"main", "x.cpp", 3, true}});
  EXPECT_EQ(barrier.kind, WaitKind::kBarrier);
  EXPECT_THAT(barrier.wakers, IsEmpty());
}

TEST(Refine, KeepsTheMutexThatAConditionTakesAgain) {
  Wait wait = MutexOf(3);
  Refine(wait, {{"pthread_cond_wait", "", 0, false}, {"main", "x.cpp", 3, true}});
  EXPECT_EQ(wait.kind, WaitKind::kMutex);
}

TEST(Refine, LooksNoFurtherThanTheStudentsFunction) {
  Wait wait = MutexOf(3);
  Refine(wait, {{"", "", 0, false}, {"my_sem_wait", "x.cpp", 3, true}, {"pthread_barrier_wait", "", 0, false}});
  EXPECT_EQ(wait.kind, WaitKind::kMutex);
}

TEST(Explanation, NamesThreadsOfOneProcess) {
  const Deadlock deadlock =
      Explained({Task(2, Anybody(WaitKind::kJoin, {4})), Task(4, MutexOf(5)), Task(5, MutexOf(4))});
  EXPECT_EQ(deadlock.explanation,
            "Thread 4 waits to lock a mutex that thread 5 holds; thread 5 waits to lock a mutex that thread 4 holds; "
            "the main thread waits for thread 4 to end. Neither can ever go on.");
  EXPECT_THAT(deadlock.cycle, ElementsAre(4, 5));
  EXPECT_THAT(deadlock.tasks[0].waits_for, ElementsAre(4));
}

TEST(Explanation, NamesThreadsAndProcessesOfSeveral) {
  const Deadlock deadlock = Explained(
      {Task(2, MutexOf(4)), Task(4, Anybody(WaitKind::kPipeRead, {6})), Process(6, Anybody(WaitKind::kSignal))}, true);
  EXPECT_EQ(
      deadlock.explanation,
      "Process 6 waits for a signal; the main thread of process 2 waits to lock a mutex that thread 4 of process 2 "
      "holds; thread 4 of process 2 reads from a pipe (descriptor 3) whose writing end is held open by process 6 "
      "(descriptor 4). Everybody else sleeps too, so nobody is left to end this wait.");
}

TEST(Explanation, IsShortForManyTasks) {
  std::vector<WaitingTask> tasks;
  for (pid_t tid = 2; tid < 102; ++tid) tasks.push_back(Task(tid, Anybody(WaitKind::kCondition)));
  const Deadlock deadlock = Explained(tasks);
  EXPECT_THAT(deadlock.explanation,
              StartsWith("The main thread waits for a condition variable to be notified; thread 3"));
  EXPECT_THAT(deadlock.explanation, ::testing::HasSubstr("; 95 more wait too. Nobody is left to end these waits."));
}

TEST(SleepingCall, IsReadFromItsLine) {
  const auto call = ParseSleepingCall("202 0x7ffe10 0x80 0x2 0x0 0x0 0xffffffff 0x7ffe00 0x7f1234\n");
  ASSERT_TRUE(call);
  EXPECT_EQ(call->number, 202);
  EXPECT_THAT(call->arguments, ElementsAre(0x7ffe10, 0x80, 2, 0, 0, 0xffffffff));
  EXPECT_FALSE(ParseSleepingCall("running\n"));
  EXPECT_FALSE(ParseSleepingCall("-1 0x7ffe00 0x7f1234\n"));
  EXPECT_FALSE(ParseSleepingCall(""));
}

TEST(SleepingCall, EndsByTimeIfItWasGivenOne) {
  EXPECT_TRUE(EndsByTime(*ParseSleepingCall("7 0x7ffe10 0x1 0x3c 0x0 0x0 0x0 0x0 0x0")));         // poll, 60 ms
  EXPECT_FALSE(EndsByTime(*ParseSleepingCall("7 0x7ffe10 0x1 0xffffffff 0x0 0x0 0x0 0x0 0x0")));  // poll, for ever
  EXPECT_TRUE(EndsByTime(*ParseSleepingCall("202 0x7ffe10 0x89 0x0 0x7ffe20 0x0 0x0 0x0 0x0")));  // futex
  EXPECT_FALSE(EndsByTime(*ParseSleepingCall("202 0x7ffe10 0x89 0x0 0x0 0x0 0x0 0x0 0x0")));
  EXPECT_TRUE(EndsByTime(*ParseSleepingCall("230 0x0 0x0 0x7ffe20 0x7ffe20 0x0 0x0 0x0 0x0")));  // clock_nanosleep
  EXPECT_FALSE(EndsByTime(*ParseSleepingCall("34 0x0 0x0 0x0 0x0 0x0 0x0 0x0 0x0")));            // pause
}

TEST(TcpTable, IsReadForBothFamilies) {
  std::map<ino_t, TcpSocket> sockets;
  const auto read = [&](const char* table) {
    for (const TcpSocket& each : ParseTcpTable(table)) sockets[each.inode] = each;
  };
  read(
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
      "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 700 1 x 100 0 0 10 "
      "0\n"
      "   1: 0100007F:C350 0100007F:1F90 01 00000000:00000005 00:00000000 00000000  1000        0 701 1 x 20 4 30 10 "
      "-1\n");
  read(
      "  sl  local_address                         remote_address                        st ...\n"
      "   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 01 00000000:00000000 "
      "00:00000000 "
      "00000000  1000        0 702 1 x 20 4 30 10 -1\n");
  ASSERT_EQ(sockets.size(), 3u);
  EXPECT_EQ(sockets[700].state, kTcpListen);
  EXPECT_EQ(sockets[700].port(), 8080);
  EXPECT_EQ(sockets[701].remote_port(), 8080);
  EXPECT_EQ(sockets[701].unread, 5u);
  EXPECT_TRUE(sockets[701].bytes_queued());
  EXPECT_EQ(sockets[702].local, sockets[701].remote);
  EXPECT_EQ(sockets[702].remote, sockets[701].local);
  EXPECT_FALSE(sockets[702].bytes_queued());
}

}  // namespace
}  // namespace grader::observe
