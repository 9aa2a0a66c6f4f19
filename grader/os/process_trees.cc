#include "grader/os/process_trees.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "grader/os/child.h"
#include "grader/os/fd.h"
#include "grader/os/namespaces.h"
#include "grader/os/pidfd.h"
#include "grader/os/privileges.h"

namespace grader::os {
namespace {

// In init nothing allocates: a walk looks at so many processes, and the next one goes on.
constexpr std::size_t kMostFound = 4096;
constexpr int kWalksToStop = 3;

struct Found {
  struct {
    pid_t pid;
    pid_t parent;
  } processes[kMostFound];
  std::size_t count = 0;
};

[[noreturn]] void KillAs(uid_t user, uid_t killer) noexcept {
  // Capabilities would let it kill everybody; they go with the change from root, and here by word.
  if (::syscall(SYS_setresuid, killer, user, killer) != 0) ::_exit(1);
  if (DropCapabilities() != 0 || ::geteuid() != user || ::getuid() != killer) ::_exit(1);
  ::kill(-1, SIGKILL);
  ::_exit(0);
}

// /proc/PID/task/TID/children; one file holds about a thousand ids, and what it leaves out is found by the next walk.
void FindChildrenOfThread(int tasks, const char* tid, pid_t parent, Found& found) noexcept {
  char path[64];
  std::snprintf(path, sizeof path, "%.20s/children", tid);
  const Fd file(::openat(tasks, path, O_RDONLY | O_CLOEXEC));
  if (!file) return;
  char text[4097];
  const ssize_t size = ::read(file.get(), text, sizeof text - 1);
  if (size <= 0) return;
  text[size] = '\0';
  char* at = text;
  for (char* end = nullptr; found.count < kMostFound; at = end) {
    const long child = std::strtol(at, &end, 10);
    // A number that the end of the buffer may have cut in two is none.
    if (end == at || *end == '\0') return;
    found.processes[found.count++] = {static_cast<pid_t>(child), parent};
  }
}

void FindChildren(pid_t pid, Found& found) noexcept {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/task", pid);
  const Fd tasks(::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!tasks) return;
  alignas(dirent64) char entries[4096];
  for (;;) {
    const long size = ::syscall(SYS_getdents64, tasks.get(), entries, sizeof entries);
    if (size <= 0) return;
    for (long at = 0; at < size;) {
      const auto* const entry = reinterpret_cast<const dirent64*>(entries + at);
      if (entry->d_name[0] != '.') FindChildrenOfThread(tasks.get(), entry->d_name, pid, found);
      at += entry->d_reclen;
    }
  }
}

// The parent that the kernel names now; 0 if the process is gone.
pid_t ParentOf(pid_t pid) noexcept {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const Fd file(::open(path, O_RDONLY | O_CLOEXEC));
  if (!file) return 0;
  char text[513];
  const ssize_t size = ::read(file.get(), text, sizeof text - 1);
  if (size <= 0) return 0;
  text[size] = '\0';
  // The name may hold anything, brackets too.
  const char* const after = std::strrchr(text, ')');
  return after != nullptr && std::strlen(after) > 4 ? static_cast<pid_t>(std::strtol(after + 4, nullptr, 10)) : 0;
}

// Its number may have become another's since it was found: it is held first, and then asked whose child it is. That is
// the one it was found below, or, when that one has ended, the subreaper.
void Signal(pid_t pid, pid_t parent, pid_t subreaper, int signal) noexcept {
  const Fd held(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
  if (!held) return;
  const pid_t now = ParentOf(pid);
  if (now == parent || now == subreaper) SendSignal(held, signal);
}

void SignalDescendants(std::span<const pid_t> spared, int signal) noexcept {
  Found found;
  const pid_t self = ::getpid();
  FindChildren(self, found);
  for (std::size_t next = 0; next < found.count; ++next) {
    const auto [pid, parent] = found.processes[next];
    if (std::ranges::find(spared, pid) != spared.end()) continue;
    // Its children are found before it dies: later they would be anybody's.
    FindChildren(pid, found);
    Signal(pid, parent, self, signal);
  }
}

}  // namespace

void KillUser(uid_t user, uid_t killer) noexcept {
  if (user == 0 || killer == 0) return;  // that would be everybody
  const CloneResult child = Clone(0);
  if (child.pid == 0) KillAs(user, killer);
  if (child.pid > 0) Reap(Fd(child.pidfd));
}

void KillDescendants(std::span<const pid_t> spared) noexcept {
  // Those that are stopped go on counting for the limit of processes: what forks for ever soon cannot, while each that
  // is killed makes room for another.
  for (int walk = 0; walk < kWalksToStop; ++walk) SignalDescendants(spared, SIGSTOP);
  SignalDescendants(spared, SIGKILL);
}

pid_t AnyChildBesides(std::span<const pid_t> spared) noexcept {
  Found found;
  FindChildren(::getpid(), found);
  for (std::size_t i = 0; i < found.count; ++i) {
    const pid_t pid = found.processes[i].pid;
    if (std::ranges::find(spared, pid) == spared.end()) return pid;
  }
  return 0;
}

void AwaitChild(pid_t child) noexcept {
  siginfo_t info;
  while (::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | __WALL) != 0 && errno == EINTR) {
  }
}

bool AwaitChildren() noexcept {
  int status;
  pid_t pid;
  do pid = ::waitpid(-1, &status, __WALL);
  while (pid < 0 && errno == EINTR);
  if (pid < 0) return false;
  while (ReapAny().pid != 0) {
  }
  return true;
}

}  // namespace grader::os
