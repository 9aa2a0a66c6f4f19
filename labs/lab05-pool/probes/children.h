// The driver's own children, as /proc shows them.
#pragma once

#include <dirent.h>
#include <sys/wait.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "tasks.h"

namespace driver {

// The names in a folder of /proc that are numbers.
inline std::vector<int> NumbersIn(const std::string& path) {
  std::vector<int> numbers;
  DIR* const folder = ::opendir(path.c_str());
  if (folder == nullptr) return numbers;
  while (const dirent* const entry = ::readdir(folder)) {
    if (std::isdigit(static_cast<unsigned char>(entry->d_name[0])) != 0) numbers.push_back(std::atoi(entry->d_name));
  }
  ::closedir(folder);
  return numbers;
}

// proc_pid_stat(5), behind the name: the state, and the parent.
struct Stat {
  char state = '?';
  int parent = 0;
};

inline Stat ReadStat(const std::string& folder) {
  Stat stat;
  std::FILE* const file = std::fopen((folder + "/stat").c_str(), "re");
  if (file == nullptr) return stat;
  char line[512] = {};
  const std::size_t size = std::fread(line, 1, sizeof line - 1, file);
  std::fclose(file);
  const char* const end = size > 0 ? std::strrchr(line, ')') : nullptr;
  if (end != nullptr) std::sscanf(end + 1, " %c %d", &stat.state, &stat.parent);
  return stat;
}

// The living ones.
inline std::vector<int> Children() {
  std::vector<int> children;
  for (const int pid : NumbersIn("/proc")) {
    const Stat stat = ReadStat("/proc/" + std::to_string(pid));
    if (stat.parent == ::getpid() && stat.state != 'Z' && stat.state != 'X') children.push_back(pid);
  }
  return children;
}

// All threads of a process, but for the caller's own.
inline bool Asleep(int pid) {
  const std::string threads = "/proc/" + std::to_string(pid) + "/task";
  for (const int thread : NumbersIn(threads)) {
    if (thread != ::gettid() && ReadStat(threads + "/" + std::to_string(thread)).state != 'S') return false;
  }
  return true;
}

inline bool EverybodyAsleep() {
  if (!Asleep(::getpid())) return false;
  for (const int child : Children()) {
    if (!Asleep(child)) return false;
  }
  return true;
}

// A look every millisecond, until it is as wished; false if all workers have slept all the time for many looks, and so
// nothing will come of it.
template <class Look>
bool LookUntil(Look look) {
  constexpr int kLooks = 250;
  for (int in_vain = 0; in_vain < kLooks;) {
    if (look()) return true;
    in_vain = EverybodyAsleep() ? in_vain + 1 : 0;
    Nap(1);
  }
  return false;
}

// The caller calls ready() again and again meanwhile.
template <class R, class Condition>
bool ReadyUntil(const pool::AsyncResult<R>& result, Condition condition) {
  return LookUntil([&] {
    result.ready();
    return condition();
  });
}

// Returns when the process sleeps, as an idle worker does.
inline void AwaitSleep(int pid) {
  for (int asleep = 0, looks = 0; asleep < 3 && looks < 3000; ++looks) {
    asleep = Asleep(pid) ? asleep + 1 : 0;
    Nap(1);
  }
}

// Returns when the child is dead: a zombie, or reaped by a handler.
inline void AwaitDeath(int pid) {
  siginfo_t info;
  while (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) continue;
}

// The same of a child that is killed. A pool may have threads, which have noticed it then.
inline void KillAndAwaitDeath(int pid) {
  ::kill(pid, SIGKILL);
  AwaitDeath(pid);
  if (NumbersIn("/proc/self/task").size() > 1) AwaitSleep(::getpid());
}

// Returns when the child is stopped.
inline void StopAndAwait(int pid) {
  ::kill(pid, SIGSTOP);
  siginfo_t info;
  while (::waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED | WNOWAIT) != 0 && errno == EINTR) continue;
}

inline bool IsReaped(int pid) {
  siginfo_t info;
  return ::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT | WNOHANG) != 0 && errno == ECHILD;
}

inline bool HasNoChildren() {
  siginfo_t info;
  return ::waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | WNOHANG) != 0 && errno == ECHILD;
}

}  // namespace driver
