#include "grader/observe/deadlock_text.h"

#include <algorithm>
#include <set>

namespace grader::observe {
namespace {

constexpr std::size_t kMostClauses = 5;

bool IsMainThread(const TaskView& task) { return task.tid == task.pid; }

// The first waker of each process, so that a process is named once.
std::vector<Waker> OnePerProcess(const std::vector<Waker>& wakers, const DeadlockProof& proof) {
  std::map<pid_t, pid_t> process_of;
  for (const WaitingTask& waiting : proof.stuck) process_of[waiting.task.host_tid] = waiting.task.host_tgid;
  std::vector<Waker> result;
  std::set<pid_t> seen;
  for (const Waker& waker : wakers) {
    const auto process = process_of.find(waker.host_tid);
    if (process == process_of.end() || seen.insert(process->second).second) result.push_back(waker);
  }
  return result;
}

std::string Or(const std::string& text, const char* otherwise) { return text.empty() ? otherwise : text; }

std::string MutexText(const WaitingTask& waiting, const TaskNames& names) {
  const Wait& wait = waiting.wait;
  if (wait.owner_gone) {
    const std::string owner = wait.owner_tid > 0 ? "thread " + std::to_string(wait.owner_tid) : "a thread";
    return "waits to lock a mutex that " + owner + " locked and never unlocked before it ended";
  }
  if (wait.wakers.empty()) return "waits to lock a mutex";
  if (wait.wakers.front().host_tid == waiting.task.host_tid) return "waits to lock a mutex that it holds itself";
  return "waits to lock a mutex that " + names.Of(wait.wakers.front().host_tid) + " holds";
}

std::string DescriptorText(int descriptor) {
  return descriptor < 0 ? "" : " (descriptor " + std::to_string(descriptor) + ")";
}

// "process 3 (descriptor 4) and process 5 (descriptor 4)".
std::string HoldersText(const WaitingTask& waiting, const std::vector<Waker>& holders, const TaskNames& names) {
  std::string text;
  for (std::size_t i = 0; i < holders.size() && i < 3; ++i) {
    if (i > 0) text += " and ";
    text += names.ProcessOf(holders[i].host_tid, waiting) + DescriptorText(holders[i].descriptor);
  }
  if (holders.size() > 3) text += " and " + std::to_string(holders.size() - 3) + " more";
  return text;
}

std::string PipeReadText(const WaitingTask& waiting, const std::vector<Waker>& holders, const TaskNames& names) {
  const std::string text = "reads from " + waiting.wait.object;
  if (holders.empty()) return text;
  if (holders.size() == 1 && holders.front().host_tid == waiting.task.host_tid) {
    return text + " whose writing end" + DescriptorText(holders.front().descriptor) + " it holds open itself";
  }
  return text + " whose writing end is held open by " + HoldersText(waiting, holders, names);
}

std::string PipeWriteText(const WaitingTask& waiting, const std::vector<Waker>& holders, const TaskNames& names) {
  const std::string text = "writes into " + waiting.wait.object + " that is full";
  if (holders.empty()) return text;
  return text + " and that only " + HoldersText(waiting, holders, names) + " could read";
}

std::string PollText(const WaitingTask& waiting, const std::vector<Waker>& holders, const TaskNames& names) {
  if (waiting.wait.object.empty()) return "waits for a signal";
  const std::string text = "waits for " + waiting.wait.object + " to become ready";
  if (holders.empty()) return text;
  if (holders.size() == 1 && holders.front().host_tid == waiting.task.host_tid) {
    return text + ", the other end of which" + DescriptorText(holders.front().descriptor) + " it holds open itself";
  }
  return text + ", the other end of which is held by " + HoldersText(waiting, holders, names);
}

std::string ChildText(const WaitingTask& waiting, const std::vector<Waker>& children, const TaskNames& names) {
  const bool vfork = waiting.wait.kind == WaitKind::kVfork;
  std::string text = vfork ? "waits in vfork for " : "waits for its child ";
  if (children.size() == 1) {
    text += names.ProcessOf(children.front().host_tid, waiting);
  } else {
    text = "waits for one of its " + std::to_string(children.size()) + " children";
  }
  return text + (vfork ? " to exec or end" : " to end");
}

std::string SocketText(const WaitingTask& waiting, const std::vector<Waker>& holders, const TaskNames& names) {
  const std::string text = "waits on " + waiting.wait.object;
  return holders.empty() ? text : text + ", whose other end " + HoldersText(waiting, holders, names) + " holds";
}

std::string FileLockText(const WaitingTask& waiting, const std::vector<Waker>& holders, const TaskNames& names) {
  const std::string text = "waits for " + waiting.wait.object;
  return holders.empty() ? text : text + " that " + HoldersText(waiting, holders, names) + " holds";
}

}  // namespace

TaskNames::TaskNames(const DeadlockProof& proof) : proof_(proof) {
  for (const WaitingTask& waiting : proof.stuck) by_host_tid_[waiting.task.host_tid] = &waiting;
}

std::string TaskNames::Of(const WaitingTask& waiting) const {
  const TaskView& task = waiting.task;
  const std::string process = "process " + std::to_string(task.pid);
  if (waiting.only_task_of_process) return process;
  const std::string thread = IsMainThread(task) ? "the main thread" : "thread " + std::to_string(task.tid);
  return proof_.several_processes ? thread + " of " + process : thread;
}

std::string TaskNames::Of(pid_t host_tid) const {
  const auto known = by_host_tid_.find(host_tid);
  return known == by_host_tid_.end() ? "another thread" : Of(*known->second);
}

std::string TaskNames::ProcessOf(pid_t host_tid, const WaitingTask& asking) const {
  const auto known = by_host_tid_.find(host_tid);
  if (known == by_host_tid_.end()) return "another process";
  const TaskView& task = known->second->task;
  if (task.host_tid == asking.task.host_tid) return "itself";
  if (task.host_tgid == asking.task.host_tgid) return "its own process";
  return "process " + std::to_string(task.pid);
}

std::string WaitingText(const WaitingTask& waiting, const TaskNames& names) {
  const Wait& wait = waiting.wait;
  const std::vector<Waker> wakers = OnePerProcess(wait.wakers, names.proof());
  switch (wait.kind) {
    case WaitKind::kMutex:
      return MutexText(waiting, names);
    case WaitKind::kJoin:
      return wakers.empty() ? "waits for a thread to end"
                            : "waits for " + names.Of(wakers.front().host_tid) + " to end";
    case WaitKind::kCondition:
      return "waits for a condition variable to be notified";
    case WaitKind::kSemaphore:
      return "waits for " + Or(wait.object, "a semaphore") + " to be posted";
    case WaitKind::kBarrier:
      return "waits at a barrier for more threads to arrive";
    case WaitKind::kRwLock:
      return "waits for a read-write lock to be unlocked";
    case WaitKind::kFutex:
      return "waits to be woken by another thread";
    case WaitKind::kPipeRead:
      return PipeReadText(waiting, wakers, names);
    case WaitKind::kPipeWrite:
      return PipeWriteText(waiting, wakers, names);
    case WaitKind::kSocket:
      return SocketText(waiting, wakers, names);
    case WaitKind::kFifoOpen:
      return "waits in open for somebody to open the other end of " + wait.object;
    case WaitKind::kChild:
    case WaitKind::kVfork:
      return ChildText(waiting, wakers, names);
    case WaitKind::kSignal:
      return "waits for a signal";
    case WaitKind::kMessageQueue:
      return "waits for " + wait.object;
    case WaitKind::kFileLock:
      return FileLockText(waiting, wakers, names);
    case WaitKind::kEventFd:
      return "waits for " + wait.object + " to be written";
    case WaitKind::kPoll:
      return PollText(waiting, wakers, names);
    case WaitKind::kOther:
      break;
  }
  return "waits for " + Or(wait.object, "something that nobody will do");
}

std::string Clause(const WaitingTask& waiting, const std::optional<Frame>& place, const TaskNames& names) {
  std::string clause = names.Of(waiting);
  if (place) clause += " (" + place->file + ":" + std::to_string(place->line) + ")";
  return clause + " " + WaitingText(waiting, names);
}

std::string ExplanationText(const DeadlockProof& proof, const Roots& roots, const std::vector<std::string>& clauses) {
  const std::vector<std::size_t>& core = roots.cycle.empty() ? roots.sinks : roots.cycle;
  std::vector<std::size_t> order = core;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    if (std::find(core.begin(), core.end(), i) == core.end()) order.push_back(i);
  }
  std::string text;
  // A cycle is told whole up to twice the usual bound: half of it explains nothing.
  const std::size_t told =
      std::min(order.size(), std::max(kMostClauses, std::min(roots.cycle.size(), 2 * kMostClauses)));
  for (std::size_t i = 0; i < told; ++i) text += (i > 0 ? "; " : "") + clauses[order[i]];
  if (order.size() == told + 1) text += "; 1 more waits too";
  if (order.size() > told + 1) text += "; " + std::to_string(order.size() - told) + " more wait too";
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  text += ".";

  if (roots.cycle.empty()) {
    text += order.size() > core.size() ? " Everybody else sleeps too, so nobody" : " Nobody";
    text += core.size() > 1 ? " is left to end these waits." : " is left to end this wait.";
  } else if (roots.cycle.size() == 1) {
    text += " So it can never go on.";
  } else {
    text += roots.cycle.size() == 2 ? " Neither can ever go on." : " None of them can ever go on.";
  }
  if (!proof.whole_program) text += " The rest of the program goes on without them.";
  return text;
}

}  // namespace grader::observe
