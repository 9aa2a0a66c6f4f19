// Deadlocks of real programs are proved and explained. In the programs' sources the lines at which a task is stuck for
// ever are marked: "// stuck" for those at the root of it, "// main" and the like for those that wait for them.
#include <algorithm>
#include <fstream>
#include <regex>

#include "tests/observe/observed.h"

namespace grader::observe {

void PrintTo(DeadlockCause cause, std::ostream* out) {
  constexpr const char* kNames[] = {"lock cycle",       "self-lock",      "abandoned lock", "join cycle",
                                    "own pipe end",     "pipe held open", "blocked child",  "full pipes",
                                    "nobody to signal", "mixed cycle"};
  *out << kNames[static_cast<int>(cause)];
}

namespace {

using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

std::string SourceLine(const std::string& file, int number) {
  std::ifstream source(std::string(DEADLOCK_SOURCES) + "/" + file);
  std::string line;
  for (int i = 0; i < number; ++i) std::getline(source, line);
  return line;
}

// The marks of the lines where the tasks are stuck, sorted.
std::vector<std::string> Marks(const Deadlock& deadlock) {
  std::vector<std::string> marks;
  for (const BlockedTask& task : deadlock.tasks) {
    const auto frame = StudentFrame(task.stack);
    const std::string line = frame ? SourceLine(frame->file, frame->line) : "";
    const std::size_t mark = line.find("// ");
    if (!frame) {
      marks.push_back("not known");
    } else {
      marks.push_back(mark == line.npos ? "no mark in \"" + line + "\"" : line.substr(mark + 3));
    }
  }
  std::sort(marks.begin(), marks.end());
  return marks;
}

// Writes N for the ids of processes, threads and System V objects.
std::string WithoutIds(const std::string& text) {
  return std::regex_replace(text, std::regex("(process|Process|thread|Thread|set|queue) [0-9]+"), "$1 N");
}

struct Case {
  std::string program;
  DeadlockCause cause;
  std::size_t cycle = 0;
  std::vector<std::string> marks = {"stuck"};
  std::string explanation;  // ids of processes and threads written as N
};

void PrintTo(const Case& one, std::ostream* out) { *out << one.program; }

class DeadlockOf : public ::testing::TestWithParam<Case> {};

TEST_P(DeadlockOf, IsProvedAndExplained) {
  const Observation seen = See("stuck_" + GetParam().program);
  const auto* const ended = As<Deadlocked>(seen);
  ASSERT_NE(ended, nullptr) << ::testing::PrintToString(seen);
  const Deadlock& deadlock = ended->deadlock;
  EXPECT_TRUE(deadlock.whole_program);
  EXPECT_EQ(deadlock.cause, GetParam().cause);
  EXPECT_THAT(deadlock.cycle, SizeIs(GetParam().cycle));
  EXPECT_EQ(Marks(deadlock), GetParam().marks);
  EXPECT_EQ(WithoutIds(deadlock.explanation), GetParam().explanation);
}

const std::vector<Case> kCases = {
    {"lock_order",
     DeadlockCause::kLockCycle,
     2,
     {"main", "stuck", "stuck"},
     "Thread N (lock_order.cpp:13) waits to lock a mutex that thread N holds; thread N (lock_order.cpp:18) waits to "
     "lock a mutex that thread N holds; the main thread (lock_order.cpp:20) waits for thread N to end. Neither can "
     "ever go on."},
    {"philosophers",
     DeadlockCause::kLockCycle,
     5,
     {"main", "stuck", "stuck", "stuck", "stuck", "stuck"},
     "Thread N (philosophers.cpp:16) waits to lock a mutex that thread N holds; thread N (philosophers.cpp:16) waits "
     "to lock a mutex that thread N holds; thread N (philosophers.cpp:16) waits to lock a mutex that thread N holds; "
     "thread N (philosophers.cpp:16) waits to lock a mutex that thread N holds; thread N (philosophers.cpp:16) waits "
     "to lock a mutex that thread N holds; 1 more waits too. None of them can ever go on."},
    {"self_lock",
     DeadlockCause::kSelfLock,
     1,
     {"stuck"},
     "Process N (self_lock.cpp:7) waits to lock a mutex that it holds itself. So it can never go on."},
    {"join_cycle",
     DeadlockCause::kJoinCycle,
     2,
     {"stuck", "stuck"},
     "Thread N (join_cycle.cpp:11) waits for thread N to end; thread N (join_cycle.cpp:15) waits for thread N to end. "
     "Neither can ever go on."},
    {"condition",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (condition.cpp:11) waits for a condition variable to be notified. Nobody is left to end this wait."},
    {"own_pipe_end",
     DeadlockCause::kOwnPipeEnd,
     1,
     {"stuck"},
     "Process N (own_pipe_end.cpp:9) reads from a pipe (descriptor 3) whose writing end (descriptor 4) it holds open "
     "itself. So it can never go on."},
    {"pipe_held_by_parent",
     DeadlockCause::kPipeHeldOpen,
     2,
     {"parent", "stuck"},
     "Process N (pipe_held_by_parent.cpp:17) waits for its child process N to end; process N "
     "(pipe_held_by_parent.cpp:11) reads from a pipe (descriptor 3) whose writing end is held open by process N "
     "(descriptor 4). Neither can ever go on."},
    {"pipe_held_by_child",
     DeadlockCause::kNobodyToSignal,
     0,
     {"child", "stuck"},
     "Process N (pipe_held_by_child.cpp:8) waits for a signal; process N (pipe_held_by_child.cpp:13) reads from a pipe "
     "(descriptor 3) whose writing end is held open by process N (descriptor 4). Everybody else sleeps too, so nobody "
     "is left to end this wait."},
    {"blocked_child",
     DeadlockCause::kBlockedChild,
     0,
     {"parent", "stuck"},
     "Process N (blocked_child.cpp:8) waits for a signal; process N (blocked_child.cpp:11) waits for its child process "
     "N to end. Everybody else sleeps too, so nobody is left to end this wait."},
    {"unread_child",
     DeadlockCause::kBlockedChild,
     2,
     {"parent", "stuck"},
     "Process N (unread_child.cpp:18) waits for its child process N to end; process N (unread_child.cpp:14) writes "
     "into a pipe (descriptor 4) that is full and that only process N (descriptor 3) could read. Neither can ever go "
     "on."},
    {"posix_queue",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (posix_queue.cpp:13) waits for a message in the empty queue /letters. Nobody is left to end this "
     "wait."},
    {"sysv_semaphore",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (sysv_semaphore.cpp:6) waits for the System V semaphore set N to be posted. Nobody is left to end this "
     "wait."},
    {"sysv_queue",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (sysv_queue.cpp:9) waits for a message in the System V queue N. Nobody is left to end this wait."},
    {"named_semaphore",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (named_semaphore.cpp:6) waits for the semaphore /turn to be posted. Nobody is left to end this wait."},
    {"shared_semaphore",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (shared_semaphore.cpp:15) waits for a semaphore to be posted. Nobody is left to end this wait."},
    {"full_pipes",
     DeadlockCause::kFullPipes,
     2,
     {"stuck", "stuck"},
     "Process N (full_pipes.cpp:14) writes into a pipe (descriptor 4) that is full and that only process N (descriptor "
     "3) could read; process N (full_pipes.cpp:14) writes into a pipe (descriptor 6) that is full and that only "
     "process N (descriptor 5) could read. Neither can ever go on."},
    {"socketpair",
     DeadlockCause::kMixedCycle,
     2,
     {"stuck", "stuck"},
     "Process N (socketpair.cpp:11) waits on a socket (descriptor 3), whose other end process N (descriptor 4) holds; "
     "process N (socketpair.cpp:11) waits on a socket (descriptor 4), whose other end process N (descriptor 3) holds. "
     "Neither can ever go on."},
    {"barrier",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck", "stuck"},
     "The main thread (barrier.cpp:13) waits at a barrier for more threads to arrive; thread N (barrier.cpp:11) waits "
     "at a barrier for more threads to arrive. Nobody is left to end these waits."},
    {"rwlock",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (rwlock.cpp:8) waits for a read-write lock to be unlocked. Nobody is left to end this wait."},
    {"abandoned_mutex",
     DeadlockCause::kAbandonedLock,
     0,
     {"stuck"},
     "Process N (abandoned_mutex.cpp:9) waits to lock a mutex that thread N locked and never unlocked before it ended. "
     "Nobody is left to end this wait."},
    {"fifo",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (fifo.cpp:6) waits in open for somebody to open the other end of the FIFO mailbox. Nobody is left to "
     "end this wait."},
    {"file_lock",
     DeadlockCause::kMixedCycle,
     2,
     {"holder", "stuck"},
     "Process N (file_lock.cpp:27) reads from a pipe (descriptor 3) whose writing end is held open by process N "
     "(descriptor 4); process N (file_lock.cpp:17) waits for a lock on /work/ledger that process N holds. Neither can "
     "ever go on."},
    {"flock_cycle",
     DeadlockCause::kLockCycle,
     2,
     {"stuck", "stuck"},
     "Process N (flock_cycle.cpp:17) waits for a lock on /work/b that process N holds; process N (flock_cycle.cpp:17) "
     "waits for a lock on /work/a that process N holds. Neither can ever go on."},
    {"eventfd",
     DeadlockCause::kNobodyToSignal,
     0,
     {"stuck"},
     "Process N (eventfd.cpp:9) waits for an eventfd (descriptor 3) to be written. Nobody is left to end this wait."},
    {"shared_mutex",
     DeadlockCause::kLockCycle,
     2,
     {"stuck", "stuck"},
     "Process N (shared_mutex.cpp:25) waits to lock a mutex that process N holds; process N (shared_mutex.cpp:25) "
     "waits to lock a mutex that process N holds. Neither can ever go on."},
    {"lock_and_join",
     DeadlockCause::kMixedCycle,
     2,
     {"main", "stuck"},
     "The main thread (lock_and_join.cpp:12) waits for thread N to end; thread N (lock_and_join.cpp:10) waits to lock "
     "a mutex that the main thread holds. Neither can ever go on."},
    {"inside_tcp",
     DeadlockCause::kMixedCycle,
     2,
     {"stuck", "stuck"},
     "Process N (inside_tcp.cpp:25) waits on a TCP connection (descriptor 4), whose other end process N (descriptor 4) "
     "holds; process N (inside_tcp.cpp:20) waits on a TCP connection (descriptor 4), whose other end process N "
     "(descriptor 4) holds. Neither can ever go on."},
    {"own_poll",
     DeadlockCause::kOwnPipeEnd,
     1,
     {"stuck"},
     "Process N (own_poll.cpp:9) waits for descriptor 3 to become ready, the other end of which (descriptor 4) it "
     "holds open itself. So it can never go on."},
    {"own_epoll",
     DeadlockCause::kOwnPipeEnd,
     1,
     {"stuck"},
     "Process N (own_epoll.cpp:10) waits for descriptor 3 to become ready, the other end of which (descriptor 4) it "
     "holds open itself. So it can never go on."},
    {"vfork_child",
     DeadlockCause::kNobodyToSignal,
     0,
     {"not known", "stuck"},
     "Process N (vfork_child.cpp:6) waits for a signal; process N waits in vfork for process N to exec or end. "
     "Everybody else sleeps too, so nobody is left to end this wait."},
};

INSTANTIATE_TEST_SUITE_P(Programs, DeadlockOf, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.program; });

}  // namespace
}  // namespace grader::observe
