#include <sys/socket.h>

#include <algorithm>
#include <string>

#include "grader/observe/wait_context.h"

namespace grader::observe {
namespace {

std::string Numbered(const std::string& what, int descriptor) {
  return what + " (descriptor " + std::to_string(descriptor) + ")";
}

bool IsOutput(const RunView& run, ino_t pipe) {
  return pipe != 0 &&
         std::find(std::begin(run.output_pipes), std::end(run.output_pipes), pipe) != std::end(run.output_pipes);
}

// Adds who has the other end open. Of the waiting process itself only if no other thread of it could use the end: who
// sleeps in a read cannot write.
void AddHolders(WaitContext& context, const TaskView& task, FileId end, Direction other, Wait& wait) {
  for (const OpenFiles::Holder& holder : context.files().HoldersOf(end)) {
    if (other == Direction::kRead ? !holder.reads : !holder.writes) continue;
    const auto& tasks = context.TasksOf(holder.host_pid);
    for (const TaskView* view : tasks) {
      if (view == &task && tasks.size() > 1) continue;
      wait.wakers.push_back({Waker::Role::kHolder, view->host_tid, holder.descriptor});
    }
  }
}

Wait ReadPipeWait(WaitContext& context, const TaskView& task, const OpenFile& file, Direction direction) {
  const RunView& run = context.run();
  const bool reads = direction == Direction::kRead;
  if (file.type == FileType::kPipe) {
    if (IsOutput(run, file.id.inode)) return LiveWait("output to the grader");
    if (file.id.inode == run.input_pipe && reads && run.input_open) return LiveWait("input from the grader");
  }
  const bool is_input = file.type == FileType::kPipe && file.id.inode == run.input_pipe;
  const std::string name = file.type == FileType::kFifo ? "the FIFO " + file.target
                           : is_input                   ? "standard input"
                                                        : "a pipe";
  Wait wait = WaitForAnybody(reads ? WaitKind::kPipeRead : WaitKind::kPipeWrite, name);
  AddHolders(context, task, file.id, reads ? Direction::kWrite : Direction::kRead, wait);
  return wait;
}

Wait ReadUnixSocketWait(WaitContext& context, const TaskView& task, const OpenFile& file) {
  Wait wait = WaitForAnybody(WaitKind::kSocket, "a socket");
  for (const SocketPair& pair : context.run().socket_pairs) {
    if (pair.first != file.id.inode && pair.second != file.id.inode) continue;
    const ino_t peer = pair.first == file.id.inode ? pair.second : pair.first;
    AddHolders(context, task, {file.id.device, peer}, Direction::kWrite, wait);
  }
  return wait;
}

Wait ReadSocketWait(WaitContext& context, const TaskView& task, const OpenFile& file, int descriptor) {
  const auto options = ReadSocketOptions(task.host_tid, descriptor);
  if (!options) return LiveWait("a socket that does not tell");
  if (options->domain == AF_UNIX) return ReadUnixSocketWait(context, task, file);
  if (options->listens) return LiveWait("clients");
  // A packet on its way wakes without any task running, so only a connection with nothing under way is understood.
  const auto peer = context.tcp().QuietPeer(file.id.inode);
  if (!peer || context.files().HoldersOf({file.id.device, *peer}).empty()) return LiveWait("a network socket");
  Wait wait = WaitForAnybody(WaitKind::kSocket, "a TCP connection");
  AddHolders(context, task, {file.id.device, *peer}, Direction::kWrite, wait);
  return wait;
}

Wait WithDescriptor(Wait wait, int descriptor) {
  wait.descriptor = descriptor;
  if (!wait.object.empty() && !wait.object.starts_with("the FIFO")) wait.object = Numbered(wait.object, descriptor);
  return wait;
}

Wait ReadFileWait(WaitContext& context, const TaskView& task, int descriptor, Direction direction) {
  const auto file = ReadOpenFile(task.host_tid, descriptor);
  if (!file) return LiveWait("a closed descriptor");
  switch (file->type) {
    case FileType::kPipe:
    case FileType::kFifo:
      return ReadPipeWait(context, task, *file, direction);
    case FileType::kSocket:
      return ReadSocketWait(context, task, *file, descriptor);
    case FileType::kEventFd:
      return WaitForAnybody(WaitKind::kEventFd, "an eventfd");
    case FileType::kTimerFd:
      if (IsArmedTimer(ReadDescriptorInfo(task.host_tid, descriptor))) return LiveWait("an armed timer");
      return WaitForAnybody(WaitKind::kOther, "a timer that is not set");
    case FileType::kSignalFd:
      if (context.run().may_be_signaled && task.process == 0) return LiveWait("a signal from outside");
      return WaitForAnybody(WaitKind::kSignal, "a signal");
    case FileType::kPidFd:
      return WaitForAnybody(WaitKind::kChild, "the end of a process");
    case FileType::kEpoll:
    case FileType::kOther:
      break;
  }
  return LiveWait("a file of another kind: " + file->target);
}

}  // namespace

Wait ReadDescriptorWait(WaitContext& context, const TaskView& task, int descriptor, Direction direction) {
  return WithDescriptor(ReadFileWait(context, task, descriptor, direction), descriptor);
}

Wait ReadTransferWait(WaitContext& context, const TaskView& task, int descriptor, Direction direction) {
  Wait wait = ReadDescriptorWait(context, task, descriptor, direction);
  if (wait.end == Wait::End::kLive || wait.kind != WaitKind::kSocket) return wait;
  // A socket's own timeouts end a transfer, but no poll(2).
  const auto options = ReadSocketOptions(task.host_tid, descriptor);
  const bool reads = direction == Direction::kRead;
  if (!options || (reads ? options->reads_time_out : options->writes_time_out))
    return LiveWait("a socket with a timeout");
  return wait;
}

}  // namespace grader::observe
