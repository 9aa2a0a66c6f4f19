// Waits for a file's other users: the partner of a FIFO, the holder of a lock.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include "grader/observe/task_files.h"
#include "grader/observe/wait_context.h"
#include "grader/os/files.h"

namespace grader::observe {
namespace {

// One line of /proc/locks (proc_locks(5)); those that wait follow the one they wait for and begin with "->".
struct LockLine {
  bool waits = false;
  pid_t host_pid = 0;
  std::string kind;  // POSIX, FLOCK, OFDLCK
};

std::optional<LockLine> ParseLockLine(const std::string& line) {
  std::array<char, 16> kind{};
  LockLine lock;
  lock.waits = line.find("->") != line.npos;
  const char* format = lock.waits ? "%*s -> %15s %*s %*s %d" : "%*s %15s %*s %*s %d";
  if (std::sscanf(line.c_str(), format, kind.data(), &lock.host_pid) != 2) return std::nullopt;
  lock.kind = kind.data();
  return lock;
}

// The process whose lock the given one waits for, if the kernel lists it.
std::optional<pid_t> HolderOfLock(std::string_view table, pid_t host_tgid) {
  pid_t holder = 0;
  while (!table.empty()) {
    const std::size_t end = std::min(table.find('\n'), table.size());
    const auto lock = ParseLockLine(std::string(table.substr(0, end)));
    table.remove_prefix(std::min(end + 1, table.size()));
    if (!lock) continue;
    if (!lock->waits) {
      holder = lock->host_pid;
    } else if (lock->host_pid == host_tgid) {
      return holder;
    }
  }
  return std::nullopt;
}

}  // namespace

Wait ReadOpenWait(const TaskView& task, const SleepingCall& call) {
  const bool relative = call.number == SYS_openat;
  const std::string path = ReadString(task.host_tid, call.arguments[relative ? 1 : 0]);
  if (path.empty()) return LiveWait("a file being opened");
  const std::string process = "/proc/" + std::to_string(task.host_tid);
  std::string host = process + "/root" + path;
  if (path.front() != '/') {
    const int folder = call.descriptor(0);
    const bool from_cwd = !relative || folder == AT_FDCWD;
    host = process + (from_cwd ? "/cwd/" : "/fd/" + std::to_string(folder) + "/") + path;
  }
  struct stat status {};
  if (stat(host.c_str(), &status) != 0 || !S_ISFIFO(status.st_mode)) return LiveWait("a file being opened");
  return WaitForAnybody(WaitKind::kFifoOpen, "the FIFO " + path);
}

Wait ReadFileLockWait(const WaitContext& context, const TaskView& task, const SleepingCall& call) {
  if (call.number == SYS_fcntl && call.descriptor(1) != F_SETLKW && call.descriptor(1) != F_OFD_SETLKW) {
    return LiveWait("fcntl");
  }
  const auto holder = HolderOfLock(os::ReadFileAt(os::kHere, "/proc/locks").value_or(""), task.host_tgid);
  if (!holder) return LiveWait("a lock that is not listed");
  Wait wait =
      WaitForAnybody(WaitKind::kFileLock, "a lock on " + ReadDescriptorTarget(task.host_tid, call.descriptor(0)));
  wait.descriptor = call.descriptor(0);
  for (const TaskView* view : context.TasksOf(*holder)) {
    if (view->host_tid == task.host_tid) continue;
    wait.wakers.push_back({Waker::Role::kOwner, view->host_tid, -1});
  }
  // Others can hold it only through a read-only file that the whole machine shares.
  if (wait.wakers.empty()) return LiveWait("a lock held from outside");
  return wait;
}

}  // namespace grader::observe
