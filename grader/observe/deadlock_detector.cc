#include "grader/observe/deadlock_detector.h"

#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <set>
#include <utility>

#include "grader/observe/outside_signals.h"
#include "grader/observe/stillness.h"
#include "grader/observe/task_files.h"
#include "grader/observe/wait_context.h"
#include "grader/observe/wait_graph.h"

namespace grader::observe {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kBusyPeriod{5};
constexpr milliseconds kIdlePeriod{40};
// An idle run is looked at anew now and then, in case what kept it alive was passing: a packet, a disk.
constexpr milliseconds kFirstDoubt{20};
constexpr milliseconds kLongestDoubt{2000};
// How often some tasks are looked at while others run.
constexpr milliseconds kFirstPart{100};
constexpr milliseconds kLongestPart{2000};

std::map<pid_t, char> StatesOf(const TaskTree& tree) {
  std::map<pid_t, char> states;
  for (const auto& [pid, process] : tree.processes) {
    for (const TaskTree::Thread& thread : process.threads) states[thread.host_tid] = thread.state;
  }
  return states;
}

// Whether all that lives is known to the observer, and all that the observer knows is in the tree.
bool IsComplete(const RunView& run, const std::map<pid_t, char>& states) {
  std::set<pid_t> known;
  for (const TaskView& task : run.tasks) known.insert(task.host_tid);
  for (const auto& [tid, state] : states) {
    if (state != 'Z' && state != 'X' && !known.contains(tid)) return false;
  }
  return std::all_of(known.begin(), known.end(), [&](pid_t tid) { return states.contains(tid); });
}

bool MayWaitForMutex(const SleepingCall& call) {
  const auto operation = call.arguments[1] & FUTEX_CMD_MASK;
  return call.number == SYS_futex && (operation == FUTEX_WAIT || operation == FUTEX_LOCK_PI) && !EndsByTime(call);
}

DeadlockProof MakeProof(const WaitContext& context, std::vector<WaitingTask> stuck, bool whole_program) {
  DeadlockProof proof;
  proof.whole_program = whole_program;
  std::set<pid_t> processes;
  for (const TaskView& task : context.run().tasks) {
    if (!context.TasksOf(task.host_tgid).empty()) processes.insert(task.host_tgid);
  }
  proof.several_processes = processes.size() > 1;
  for (WaitingTask& waiting : stuck) {
    waiting.only_task_of_process = context.TasksOf(waiting.task.host_tgid).size() == 1;
  }
  proof.stuck = std::move(stuck);
  return proof;
}

std::vector<WaitingTask> Choose(const std::vector<WaitingTask>& tasks, const std::vector<std::size_t>& chosen) {
  std::vector<WaitingTask> result;
  for (const std::size_t i : chosen) result.push_back(tasks[i]);
  return result;
}

// What an idle verdict was based on besides that nobody has run.
struct IdleVerdict {
  bool input_open = false;
  bool may_be_signaled = false;
  Clock::time_point doubted_at;
};

}  // namespace

class DeadlockDetector::Impl {
 public:
  Look Watch(const RunView& run) {
    std::vector<pid_t> tids;
    for (const TaskView& task : run.tasks) tids.push_back(task.host_tid);
    const auto now = Clock::now();
    const bool still = stillness_.Look(tids) && !tids.empty();
    if (!still) {
      idle_.reset();
      doubt_ = kFirstDoubt;
      return {Look::State::kBusy, LookAtPart(run, now), kBusyPeriod};
    }
    if (idle_ && idle_->input_open == run.input_open && idle_->may_be_signaled == run.may_be_signaled &&
        now < idle_->doubted_at) {
      return {Look::State::kIdle, LookAtPart(run, now), kIdlePeriod};
    }
    Look look = LookAtAll(run);
    if (look.state == Look::State::kIdle) {
      idle_ = {run.input_open, run.may_be_signaled, now + doubt_};
      doubt_ = std::min(doubt_ * 3, kLongestDoubt);
      look.proof = LookAtPart(run, now);
    }
    return look;
  }

 private:
  Look LookAtAll(const RunView& run) {
    const Look busy{Look::State::kBusy, std::nullopt, kBusyPeriod};
    const Look idle{Look::State::kIdle, std::nullopt, kIdlePeriod};
    const auto tree = ReadTaskTree(run.init);
    if (!tree) return busy;
    const auto states = StatesOf(*tree);
    if (!IsComplete(run, states)) return busy;

    WaitContext context(run, *tree);
    std::vector<WaitingTask> tasks;
    for (const TaskView* task : LikelyLiveFirst(run)) {
      const char state = states.at(task->host_tid);
      if (state == 'Z' || state == 'X') continue;
      tasks.push_back({*task, true, ReadWait(context, *task, state)});
      if (tasks.back().wait.end == Wait::End::kLive) {
        likely_live_ = task->host_tid;
        return idle;
      }
    }
    if (tasks.empty()) return busy;
    const auto stuck = StuckTasks(tasks, OutsideOf(run, *tree));
    if (stuck.size() != tasks.size()) return idle;
    if (!AllStill(tasks)) return busy;
    std::sort(tasks.begin(), tasks.end(), [](const auto& a, const auto& b) { return a.task.tid < b.task.tid; });
    return {Look::State::kDeadlocked, MakeProof(context, std::move(tasks), true), kIdlePeriod};
  }

  // Looks for tasks that wait for each other's mutexes, whatever the others do. Only mutexes, because everything else
  // could be ended by any task that goes on.
  std::optional<DeadlockProof> LookAtPart(const RunView& run, Clock::time_point now) {
    if (now < next_part_ || run.tasks.size() < 2) return std::nullopt;
    next_part_ = now + part_period_;
    part_period_ = std::min(part_period_ * 2, kLongestPart);
    const std::set<pid_t> candidates = MutexWaiters();
    if (candidates.empty()) return std::nullopt;
    part_period_ = kFirstPart;
    const auto tree = ReadTaskTree(run.init);
    if (!tree) return std::nullopt;

    WaitContext context(run, *tree);
    std::vector<WaitingTask> tasks;
    for (const TaskView& task : run.tasks) {
      WaitingTask waiting{task, true, LiveWait("it may go on")};
      if (candidates.contains(task.host_tid)) waiting.wait = ReadWait(context, task, ReadState(task.host_tid));
      tasks.push_back(std::move(waiting));
    }
    std::vector<WaitingTask> stuck = Choose(tasks, StuckTasks(tasks, Outside::kMayAct));
    std::erase_if(stuck, [this](const WaitingTask& waiting) { return told_.contains(waiting.task.host_tid); });
    if (stuck.empty() || !AllStill(stuck)) return std::nullopt;
    for (const WaitingTask& waiting : stuck) told_.insert(waiting.task.host_tid);
    return MakeProof(context, std::move(stuck), false);
  }

  // Those who have not run since the last look and sleep as who waits for a mutex does.
  std::set<pid_t> MutexWaiters() const {
    std::set<pid_t> waiters;
    for (const pid_t tid : stillness_.still()) {
      const auto call = ReadSleepingCall(tid);
      if (call && MayWaitForMutex(*call) && !told_.contains(tid)) waiters.insert(tid);
    }
    return waiters;
  }

  bool AllStill(const std::vector<WaitingTask>& tasks) {
    return std::all_of(tasks.begin(), tasks.end(),
                       [this](const WaitingTask& waiting) { return stillness_.IsStill(waiting.task.host_tid); });
  }

  // One live task settles that a run is idle, and it is mostly the same one.
  std::vector<const TaskView*> LikelyLiveFirst(const RunView& run) const {
    std::vector<const TaskView*> tasks;
    for (const TaskView& task : run.tasks) tasks.push_back(&task);
    std::stable_partition(tasks.begin(), tasks.end(),
                          [this](const TaskView* task) { return task->host_tid == likely_live_; });
    return tasks;
  }

  Stillness stillness_;
  std::optional<IdleVerdict> idle_;
  milliseconds doubt_ = kFirstDoubt;
  pid_t likely_live_ = 0;
  Clock::time_point next_part_ = Clock::now() + kFirstPart;
  milliseconds part_period_ = kFirstPart;
  std::set<pid_t> told_;  // stuck in a part that was told already
};

DeadlockDetector::DeadlockDetector() : impl_(std::make_unique<Impl>()) {}
DeadlockDetector::~DeadlockDetector() = default;

Look DeadlockDetector::Watch(const RunView& run) { return impl_->Watch(run); }

}  // namespace grader::observe
