#include "grader/observe/sampler.h"

#include <linux/futex.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "grader/observe/task_files.h"

namespace grader::observe {
namespace {

using std::chrono::nanoseconds;

// Whether the system call a task sleeps in ends by time (/proc/TID/syscall: number and arguments).
bool SleepsByTime(pid_t host_tid) {
  const std::string text = ReadCallText(host_tid);
  int number = -1;
  unsigned long arguments[6] = {};
  if (std::sscanf(text.c_str(), "%d %lx %lx %lx %lx %lx %lx", &number, &arguments[0], &arguments[1], &arguments[2],
                  &arguments[3], &arguments[4], &arguments[5]) != 7) {
    return false;
  }
  switch (number) {
    case SYS_nanosleep:
    case SYS_clock_nanosleep:
    case SYS_restart_syscall:
      return true;
    case SYS_poll:
      return static_cast<int>(arguments[2]) > 0;
    case SYS_ppoll:
    case SYS_rt_sigtimedwait:
      return arguments[2] != 0;
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return static_cast<int>(arguments[3]) > 0;
    case SYS_select:
    case SYS_pselect6:
    case SYS_mq_timedsend:
    case SYS_mq_timedreceive:
      return arguments[4] != 0;
    case SYS_futex:
    case SYS_semtimedop:
      return arguments[3] != 0;
    default:
      return false;
  }
}

}  // namespace

Sample Sampler::Look(const std::vector<Watched>& tasks, nanoseconds elapsed) {
  Sample sample;
  std::map<pid_t, Past> now;
  for (const Watched& task : tasks) {
    const auto counters = ParseCounters(files_.Read(task.host_tid));
    if (!counters) continue;
    const auto known = past_.find(task.host_tid);
    Past past = known == past_.end() ? Past{} : known->second;
    TaskSample& seen = sample.tasks.emplace_back();
    seen = {task.host_tid, task.process, past.mood, *counters};
    seen.mood = MoodOf(task, known == past_.end() || past.counters != *counters, past.mood);
    if (known != past_.end()) {
      const nanoseconds received = counters->run - past.counters.run;
      sample.supply.Add(received, WaitedNow(past, seen, elapsed));
    }
    past.counters = *counters;
    past.mood = seen.mood;
    now[task.host_tid] = past;
  }
  past_ = std::move(now);
  std::vector<pid_t> alive;
  for (const auto& [host_tid, past] : past_) alive.push_back(host_tid);
  files_.KeepOnly(alive);
  const auto runs = [](const TaskSample& task) { return task.mood == TaskMood::kRunning; };
  sample.others_asleep = !sample.tasks.empty() && std::ranges::none_of(sample.tasks, runs);
  sample.everybody_asleep = sample.others_asleep && std::ranges::none_of(tasks, &Watched::held);
  return sample;
}

TaskMood Sampler::MoodOf(const Watched& task, bool has_moved, TaskMood before) {
  if (task.in_group_stop || task.held) return TaskMood::kAsleep;
  if (!has_moved && before != TaskMood::kRunning) return before;
  const char state = ReadState(task.host_tid);
  if (state != 'S' && state != 'D') return TaskMood::kRunning;
  return SleepsByTime(task.host_tid) ? TaskMood::kTimedSleep : TaskMood::kAsleep;
}

// The kernel tells of a wait for a processor only when it is over (schedstat, second field), so a task found ready that
// did not move is counted as waiting at once, and that is taken off later.
nanoseconds Sampler::WaitedNow(Past& past, const TaskSample& now, nanoseconds elapsed) {
  const bool has_moved = past.counters != now.counters;
  if (!has_moved) {
    if (now.mood != TaskMood::kRunning) return nanoseconds{0};
    past.credited += elapsed;
    return elapsed;
  }
  const nanoseconds told = now.counters.wait - past.counters.wait;
  const nanoseconds known_before = std::min(told, past.credited);
  past.credited = nanoseconds{0};
  return told - known_before;
}

void AddActivity(ProcessTable& table, const Sample& sample) {
  std::map<int, TaskMood> moods;
  for (const TaskSample& seen : sample.tasks) {
    Task* const task = table.Find(seen.host_tid);
    if (task == nullptr || task->process != seen.process) continue;
    task->counters = seen.counters;
    const auto [mood, is_first] = moods.try_emplace(seen.process, seen.mood);
    if (is_first || mood->second == TaskMood::kRunning) continue;
    if (seen.mood != TaskMood::kAsleep) mood->second = seen.mood;
  }
  for (const auto& [process, mood] : moods) {
    Activity& activity = table.process(process).record.activity;
    switch (mood) {
      case TaskMood::kRunning:
        ++activity.samples_running;
        break;
      case TaskMood::kAsleep:
        ++activity.samples_asleep;
        break;
      case TaskMood::kTimedSleep:
        ++activity.samples_timed_sleep;
        break;
    }
  }
}

}  // namespace grader::observe
