// The driver's own children, as /proc shows them.
#pragma once

#include <dirent.h>
#include <sys/wait.h>

#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tasks.h"

namespace driver {

// proc_pid_stat(5), behind the name: the state, and the parent.
struct Stat {
  char state = '?';
  int parent = 0;
};

inline Stat ReadStat(const std::string& folder) {
  std::ifstream file(folder + "/stat");
  std::stringstream text;
  text << file.rdbuf();
  const std::string line = text.str();
  const auto end = line.rfind(')');
  Stat stat;
  if (end != line.npos) std::istringstream(line.substr(end + 1)) >> stat.state >> stat.parent;
  return stat;
}

// The living ones.
inline std::vector<int> Children() {
  std::vector<int> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (std::isdigit(static_cast<unsigned char>(name[0])) == 0) continue;
    const Stat stat = ReadStat(entry.path());
    if (stat.parent == ::getpid() && stat.state != 'Z' && stat.state != 'X') children.push_back(std::stoi(name));
  }
  return children;
}

inline bool Asleep(int pid) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task", error)) {
    if (ReadStat(entry.path()).state != 'S') return false;
  }
  return true;
}

inline bool EverybodyAsleep() {
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

inline void KillAndAwaitDeath(int pid) {
  ::kill(pid, SIGKILL);
  AwaitDeath(pid);
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
