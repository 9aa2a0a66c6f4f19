#include <poll.h>
#include <sys/epoll.h>
#include <sys/syscall.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "grader/observe/task_memory.h"
#include "grader/observe/wait_context.h"

namespace grader::observe {
namespace {

constexpr std::size_t kMostDescriptors = 4096;
constexpr int kDeepestEpoll = 5;  // epoll_ctl(2), ELOOP

// A wait for any of several descriptors, built up one by one.
class PolledWait {
 public:
  PolledWait(WaitContext& context, const TaskView& task) : context_(context), task_(task) {
    wait_ = WaitForAnybody(WaitKind::kPoll, "");
  }

  void Add(int descriptor, Direction direction, int depth = 0) {
    if (++count_ > kMostDescriptors) wait_ = LiveWait("too many descriptors");
    if (wait_.end == Wait::End::kLive) return;
    const auto file = ReadOpenFile(task_.host_tid, descriptor);
    if (file && file->type == FileType::kEpoll) return AddEpoll(descriptor, depth);
    Wait one = ReadDescriptorWait(context_, task_, descriptor, direction);
    if (one.end == Wait::End::kLive) {
      wait_ = std::move(one);
      return;
    }
    wait_.wakers.insert(wait_.wakers.end(), one.wakers.begin(), one.wakers.end());
    descriptors_.push_back(descriptor);
  }

  void AddEpoll(int epoll, int depth) {
    if (depth >= kDeepestEpoll) wait_ = LiveWait("nested epoll sets");
    const std::string info = ReadDescriptorInfo(task_.host_tid, epoll);
    for (std::size_t at = info.find("tfd:"); at != info.npos; at = info.find("tfd:", at + 1)) {
      AddMember(std::string_view(info).substr(at, info.find('\n', at) - at), depth);
    }
  }

  // The finished wait. A wait for nothing at all is one for a signal.
  Wait Finish() {
    if (wait_.end == Wait::End::kLive) return std::move(wait_);
    if (descriptors_.empty()) {
      if (context_.run().may_be_signaled && task_.process == 0) return LiveWait("a signal from outside");
      return std::move(wait_);
    }
    std::sort(descriptors_.begin(), descriptors_.end());
    descriptors_.erase(std::unique(descriptors_.begin(), descriptors_.end()), descriptors_.end());
    wait_.object = descriptors_.size() == 1 ? "descriptor" : "one of the descriptors";
    for (std::size_t i = 0; i < descriptors_.size() && i < 8; ++i) {
      wait_.object += (i == 0 ? " " : ", ") + std::to_string(descriptors_[i]);
    }
    if (descriptors_.size() == 1) wait_.descriptor = descriptors_.front();
    return std::move(wait_);
  }

 private:
  // One line "tfd: 5 events: 19 data: 5 pos:0 ino:c7f sdev:d" (proc_pid_fdinfo(5)).
  void AddMember(std::string_view line, int depth) {
    const auto number = [line](std::string_view name, int base) {
      std::uint64_t value = 0;
      std::size_t at = line.find(name);
      if (at == line.npos) return value;
      at = std::min(line.find_first_not_of(' ', at + name.size()), line.size());
      std::from_chars(line.data() + at, line.data() + line.size(), value, base);
      return value;
    };
    const int descriptor = static_cast<int>(number("tfd:", 10));
    const std::uint64_t events = number("events:", 16);
    const auto file = ReadOpenFile(task_.host_tid, descriptor);
    // A set outlives its descriptors and is inherited by fork: the number may mean another file now.
    if (!file || file->id.inode != number("ino:", 16)) {
      wait_ = LiveWait("an epoll set whose member is not known");
      return;
    }
    if ((events & EPOLLOUT) != 0) Add(descriptor, Direction::kWrite, depth + 1);
    if ((events & EPOLLOUT) == 0 || (events & EPOLLIN) != 0) Add(descriptor, Direction::kRead, depth + 1);
  }

  WaitContext& context_;
  const TaskView& task_;
  Wait wait_;
  std::size_t count_ = 0;
  std::vector<int> descriptors_;
};

void AddPollSet(const TaskView& task, const SleepingCall& call, PolledWait& wait, bool& readable) {
  std::vector<pollfd> polled(std::min<std::uint64_t>(call.arguments[1], kMostDescriptors + 1));
  const auto bytes = std::as_writable_bytes(std::span(polled));
  readable = ReadMemory(task.host_tid, call.arguments[0], bytes) == bytes.size();
  if (!readable) return;
  for (const pollfd& one : polled) {
    if (one.fd < 0) continue;
    if ((one.events & POLLOUT) != 0) wait.Add(one.fd, Direction::kWrite);
    if ((one.events & POLLOUT) == 0 || (one.events & POLLIN) != 0) wait.Add(one.fd, Direction::kRead);
  }
}

void AddSelectSets(const TaskView& task, const SleepingCall& call, PolledWait& wait, bool& readable) {
  const std::uint64_t count = std::min<std::uint64_t>(call.arguments[0], kMostDescriptors);
  std::vector<std::uint64_t> set((count + 63) / 64);
  const auto bytes = std::as_writable_bytes(std::span(set));
  for (const std::size_t which : {1, 2, 3}) {
    if (call.arguments[which] == 0) continue;
    readable = ReadMemory(task.host_tid, call.arguments[which], bytes) == bytes.size();
    if (!readable) return;
    for (std::uint64_t fd = 0; fd < count; ++fd) {
      if ((set[fd / 64] >> (fd % 64) & 1) == 0) continue;
      wait.Add(static_cast<int>(fd), which == 2 ? Direction::kWrite : Direction::kRead);
    }
  }
}

}  // namespace

Wait ReadPollWait(WaitContext& context, const TaskView& task, const SleepingCall& call) {
  PolledWait wait(context, task);
  bool readable = true;
  switch (call.number) {
    case SYS_poll:
    case SYS_ppoll:
      AddPollSet(task, call, wait, readable);
      break;
    case SYS_select:
    case SYS_pselect6:
      AddSelectSets(task, call, wait, readable);
      break;
    default:
      wait.AddEpoll(call.descriptor(0), 0);
      break;
  }
  return readable ? wait.Finish() : LiveWait("memory that cannot be read");
}

}  // namespace grader::observe
