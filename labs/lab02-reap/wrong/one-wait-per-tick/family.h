// Children that are never forgotten.
#pragma once

#include <sys/wait.h>

#include <csignal>
#include <vector>

#include "basics.h"

namespace lab {

// The children that are still to be waited for. If the program has to give up half-way, none of them is left behind.
class Family {
 public:
  Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  ~Family() {
    for (const pid_t child : members_) kill(child, SIGKILL);
    for (const pid_t child : members_) waitpid(child, nullptr, 0);
  }

  void Add(pid_t child) { members_.push_back(child); }
  bool empty() const { return members_.empty(); }

  // Sleeps until this member has ended.
  int Wait(pid_t child) {
    const int status = WaitFor(child);
    std::erase(members_, child);
    return status;
  }

  void ReapOne() {
    const pid_t ended = waitpid(-1, nullptr, WNOHANG);
    if (ended == -1) Fail("waitpid");
    std::erase(members_, ended);
  }

  // Reaps all members that have ended, however many they are, without waiting for those that have not.
  void ReapTheDead() {
    pid_t ended = 0;
    while (!empty() && (ended = waitpid(-1, nullptr, WNOHANG)) > 0) std::erase(members_, ended);
    if (ended == -1) Fail("waitpid");
  }

 private:
  std::vector<pid_t> members_;
};

}  // namespace lab
