// Every order in which a tracer can hear of the same events.
#include "grader/observe/process_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grader::observe {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class ProcessTableTest : public testing::Test {
 protected:
  // Processes have the ids 100, 200, … on the machine and 2, 3, … inside; threads follow their leader.
  static TaskIdentity Leader(int number, int parent) {
    const pid_t host = 100 * number;
    return {host, host, 100 * parent, number + 1, number + 1};
  }
  static TaskIdentity ThreadOf(int number, int thread) {
    return {100 * number + thread, 100 * number, 0, 50 + thread, number + 1};
  }
  void End(pid_t host_tid, ExitStatus status = {}) {
    Process& process = table_.process(table_.Find(host_tid)->process);
    const bool last = table_.IsLastThread(*table_.Find(host_tid));
    table_.EndThread(host_tid);
    if (last) table_.EndProcess(process, status);
  }
  const ProcessRecord& Record(int index) { return table_.process(index).record; }

  std::uint64_t order_ = 0;
  ProcessTable table_{[this] { return Moment{++order_, std::chrono::microseconds(10 * order_), {}}; }};
  Task& first_ = table_.AddFirst(Leader(1, 0));
};

TEST_F(ProcessTableTest, LearnsOfAChildFromItsCreatorFirst) {
  table_.Created(first_, Leader(2, 1), Creation::kVfork);
  EXPECT_NE(table_.Find(200), nullptr);
  EXPECT_EQ(Record(1).parent, 0);
  EXPECT_EQ(Record(1).creation, Creation::kVfork);
  EXPECT_EQ(table_.processes_alive(), 2u);
}

TEST_F(ProcessTableTest, LearnsOfAChildFromItselfFirst) {
  table_.Appeared(Leader(2, 1));
  EXPECT_EQ(Record(1).parent, 0);
  table_.Created(first_, Leader(2, 1), Creation::kVfork);
  EXPECT_EQ(Record(1).creation, Creation::kVfork);
  EXPECT_THAT(table_.processes(), SizeIs(2));
  EXPECT_THAT(table_.process(0).children, SizeIs(1));
}

TEST_F(ProcessTableTest, LearnsOfAChildThatIsDeadAlready) {
  table_.Appeared(Leader(2, 1));
  End(200, {false, 7});
  EXPECT_TRUE(table_.Knows(200));
  EXPECT_EQ(&table_.Created(first_, Leader(2, 1), Creation::kFork), &table_.process(1));
  EXPECT_FALSE(table_.Knows(200));
  EXPECT_THAT(table_.processes(), SizeIs(2));
  EXPECT_EQ(Record(1).parent, 0);
  EXPECT_EQ(Record(1).status, (ExitStatus{false, 7}));
}

TEST_F(ProcessTableTest, LearnsOfAChildThatIsAnotherProgramAndDeadAlready) {
  table_.Appeared(Leader(2, 1));
  table_.Execed(200, 200, "/usr/bin/true");
  End(200);
  table_.Created(first_, Leader(2, 1), Creation::kVfork);
  EXPECT_THAT(table_.processes(), SizeIs(2));
  EXPECT_EQ(Record(1).creation, Creation::kVfork);
}

TEST_F(ProcessTableTest, LearnsOfAChildWhoseOtherThreadBecameItsLeader) {
  for (const bool leader_ended_first : {false, true}) {
    ProcessTable table([this] { return Moment{++order_, {}, {}}; });
    Task& first = table.AddFirst(Leader(1, 0));
    table.Appeared(Leader(2, 1));
    table.Appeared(ThreadOf(2, 1));
    if (leader_ended_first) table.EndThread(200);
    table.Execed(200, 201, "/usr/bin/true");
    table.EndThread(200);
    table.EndProcess(table.process(1), ExitStatus{});
    table.Created(first, Leader(2, 1), Creation::kFork);
    EXPECT_THAT(table.processes(), SizeIs(2)) << leader_ended_first;
    EXPECT_FALSE(table.Knows(200)) << leader_ended_first;
  }
}

TEST_F(ProcessTableTest, TakesAnIdThatIsUsedAgainForAnotherProcess) {
  table_.Created(first_, Leader(2, 1), Creation::kFork);
  End(200);
  table_.Appeared(Leader(2, 1));
  table_.Created(first_, Leader(2, 1), Creation::kFork);
  EXPECT_THAT(table_.processes(), SizeIs(3));
  EXPECT_TRUE(Record(1).ended);
  EXPECT_FALSE(Record(2).ended);
}

TEST_F(ProcessTableTest, TellsZombiesFromOrphansWhenTheParentEnds) {
  for (const int child : {2, 3, 4}) table_.Created(first_, Leader(child, 1), Creation::kFork);
  End(200);
  End(300);
  table_.Reaped(table_.process(1), {ReapedBy::kParent, 2, 0});
  End(100);
  EXPECT_TRUE(WaitedFor(Record(1)));
  EXPECT_FALSE(LeftBehind(Record(1)));
  EXPECT_TRUE(Record(2).left_as_zombie);
  EXPECT_GT(Record(2).zombie_for.count(), 0);
  EXPECT_TRUE(Record(3).orphaned);
}

TEST_F(ProcessTableTest, CountsAChildOfAParentThatIgnoresSigchldAsNoZombie) {
  table_.process(0).ignores_sigchld = true;
  table_.Created(first_, Leader(2, 1), Creation::kFork);
  End(200);
  End(100);
  EXPECT_FALSE(Record(1).left_as_zombie);
  EXPECT_TRUE(table_.process(1).ignores_sigchld);  // it was inherited
}

TEST_F(ProcessTableTest, BlamesNobodyWhomTheGraderKilledForItsChildren) {
  for (const int child : {2, 3}) table_.Created(first_, Leader(child, 1), Creation::kFork);
  End(200);
  table_.MarkKilled();
  End(100, {true, 9});
  table_.CloseBooks();
  EXPECT_FALSE(LeftBehind(Record(1)));
  EXPECT_GT(Record(1).zombie_for.count(), 0);
  EXPECT_FALSE(LeftBehind(Record(2)));
  EXPECT_EQ(Record(2).status, (ExitStatus{true, 9}));
}

TEST_F(ProcessTableTest, NamesTheReapingThreadWhenItIsKnown) {
  table_.Created(first_, Leader(2, 1), Creation::kFork);
  End(200);
  table_.Reaped(table_.process(1), {ReapedBy::kParent, {}, 0});
  EXPECT_EQ(table_.FindUnreaped(3), &table_.process(1));
  table_.Reaped(table_.process(1), {ReapedBy::kParent, 2, 0});
  EXPECT_EQ(Record(1).reaping_thread, 2);
  EXPECT_EQ(table_.FindUnreaped(3), nullptr);
}

TEST_F(ProcessTableTest, RefinesOnlyAReaperThatWasNotKnown) {
  table_.Created(first_, Leader(2, 1), Creation::kFork);
  End(200);
  Process& child = table_.process(1);
  EXPECT_EQ(table_.FindUnreaped(3), &child);
  table_.Reaped(child, {ReapedBy::kUnknown, {}, 0});
  const Moment at = *child.record.reaped;
  EXPECT_EQ(table_.FindUnreaped(3), &child);
  table_.Reaped(child, {ReapedBy::kParent, 2, 0});
  table_.Reaped(child, {ReapedBy::kInit, {}, 0});
  EXPECT_EQ(child.record.reaped_by, ReapedBy::kParent);
  EXPECT_EQ(child.record.reaped->order, at.order);
  EXPECT_EQ(table_.FindUnreaped(3), nullptr);
  EXPECT_THAT(table_.process(0).children, IsEmpty());
}

TEST_F(ProcessTableTest, EndsAProcessWithItsLastThread) {
  table_.Created(first_, ThreadOf(1, 1), Creation::kClone);
  table_.Created(first_, ThreadOf(1, 2), Creation::kClone);
  EXPECT_THAT(table_.processes(), SizeIs(1));
  End(100);
  End(102);
  EXPECT_FALSE(Record(0).ended);
  End(101, {false, 4});
  EXPECT_EQ(Record(0).status, (ExitStatus{false, 4}));
  EXPECT_THAT(Record(0).threads, SizeIs(3));
}

TEST_F(ProcessTableTest, LetsAnotherThreadBecomeTheLeaderByExec) {
  table_.Created(first_, ThreadOf(1, 1), Creation::kClone);
  table_.Created(first_, ThreadOf(1, 2), Creation::kClone);
  table_.EndThread(100);
  Task& survivor = table_.Execed(100, 102, "/usr/bin/true");
  EXPECT_EQ(table_.Find(100), &survivor);
  EXPECT_EQ(table_.Find(101), nullptr);
  EXPECT_EQ(table_.Find(102), nullptr);
  EXPECT_EQ(Record(0).program, "/usr/bin/true");
  EXPECT_TRUE(table_.IsLastThread(survivor));
  EXPECT_FALSE(Record(0).threads[0].ended);
  EXPECT_TRUE(Record(0).threads[1].ended && Record(0).threads[2].ended);
}

TEST_F(ProcessTableTest, ForgetsTheFlagButNotTheDispositionAtExec) {
  table_.process(0).ignores_sigchld = true;
  table_.process(0).no_child_wait = true;
  table_.Execed(100, 100, "/usr/bin/true");
  EXPECT_TRUE(table_.process(0).ignores_sigchld);
  EXPECT_FALSE(table_.process(0).no_child_wait);
}

}  // namespace
}  // namespace grader::observe
