// Looks at all tasks of a run every few milliseconds: who computes, who sleeps, what the machine gave them.
#pragma once

#include <map>
#include <vector>

#include "grader/observe/fair_clock.h"
#include "grader/observe/process_table.h"
#include "grader/observe/schedstat_files.h"

namespace grader::observe {

// How a task was found.
enum class TaskMood { kRunning, kAsleep, kTimedSleep };

struct TaskSample {
  pid_t host_tid = 0;
  int process = 0;
  TaskMood mood = TaskMood::kAsleep;
  TaskCounters counters;
};

struct Sample {
  std::vector<TaskSample> tasks;
  Supply supply;
  bool everybody_asleep = false;  // false also if there is nobody
  bool others_asleep = false;     // everybody that is not held
};

class Sampler {
 public:
  // Looks at the given tasks (host thread id and process). Makes system calls, so no lock should be held.
  struct Watched {
    pid_t host_tid = 0;
    int process = 0;
    bool in_group_stop = false;
    bool held = false;  // by the observer: it does not run, but will
  };
  Sample Look(const std::vector<Watched>& tasks, std::chrono::nanoseconds elapsed);

 private:
  struct Past {
    TaskCounters counters;
    TaskMood mood = TaskMood::kRunning;
    std::chrono::nanoseconds credited{0};  // waiting that was counted before the kernel told of it
  };
  TaskMood MoodOf(const Watched& task, bool has_moved, TaskMood before);
  std::chrono::nanoseconds WaitedNow(Past& past, const TaskSample& now, std::chrono::nanoseconds elapsed);

  SchedstatFiles files_;
  std::map<pid_t, Past> past_;
};

// Adds a sample to the processes' activity.
void AddActivity(ProcessTable& table, const Sample& sample);

}  // namespace grader::observe
