#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <vector>

#include "grader/observe/deadlock_proof.h"
#include "grader/observe/open_files.h"
#include "grader/observe/sleeping_call.h"
#include "grader/observe/sockets.h"
#include "grader/observe/task_tree.h"
#include "grader/observe/task_view.h"

namespace grader::observe {

// What is known of a run while its waits are read. Lives no longer than the run view and the tree.
class WaitContext {
 public:
  WaitContext(const RunView& run, const TaskTree& tree);

  const RunView& run() const { return run_; }
  const TaskTree& tree() const { return tree_; }
  OpenFiles& files() { return files_; }
  TcpSockets& tcp() { return tcp_; }

  // The living task with that id inside, or null.
  const TaskView* FindInside(pid_t tid) const;

  // The living tasks of a process.
  const std::vector<const TaskView*>& TasksOf(pid_t host_pid) const;

 private:
  const RunView& run_;
  const TaskTree& tree_;
  OpenFiles files_;
  TcpSockets tcp_;
  std::map<pid_t, const TaskView*> by_tid_;
  std::map<pid_t, std::vector<const TaskView*>> by_process_;
};

// A wait that somebody outside the run, or time, will end, or that is not understood.
Wait LiveWait(std::string because);

// A wait that only tasks of the run can end, but any of them might.
Wait WaitForAnybody(WaitKind kind, std::string object);

// What a futex(2) call waits for: a mutex, a thread to join, or something else.
Wait ReadFutexWait(const WaitContext& context, const TaskView& task, const SleepingCall& call);

enum class Direction { kRead, kWrite };

// For one descriptor to become ready.
Wait ReadDescriptorWait(WaitContext& context, const TaskView& task, int descriptor, Direction direction);

// A read, write, accept or the like on one descriptor.
Wait ReadTransferWait(WaitContext& context, const TaskView& task, int descriptor, Direction direction);

// poll(2), select(2), epoll_wait(2) and their relatives.
Wait ReadPollWait(WaitContext& context, const TaskView& task, const SleepingCall& call);

// wait4(2), waitid(2), and the parent's wait in vfork(2).
Wait ReadChildWait(const WaitContext& context, const TaskView& task, const SleepingCall& call);
Wait ReadVforkWait(const WaitContext& context, const TaskView& task);

// open(2) of a FIFO without a partner.
Wait ReadOpenWait(const TaskView& task, const SleepingCall& call);

// flock(2), fcntl(2) with F_SETLKW.
Wait ReadFileLockWait(const WaitContext& context, const TaskView& task, const SleepingCall& call);

// What a task that is not known to run waits for. state: its letter in proc_pid_stat(5).
Wait ReadWait(WaitContext& context, const TaskView& task, char state);

}  // namespace grader::observe
