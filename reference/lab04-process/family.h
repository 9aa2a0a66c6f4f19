// The children that this process has started and not yet reaped, and what is done about them at its end.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <utility>
#include <vector>

class Process;

namespace lab {

// Never destroyed: objects with static storage may still need it at the program's very end.
inline std::vector<Process*>& Started() {
  static auto& started = *new std::vector<Process*>;
  return started;
}

inline void AddStarted(Process* child) { Started().push_back(child); }

inline void ForgetStarted(Process* child) { std::erase(Started(), child); }

inline std::vector<Process*> TakeStarted() { return std::exchange(Started(), {}); }

// Has action called by exit(3), and so by a return from main, once, however often it is asked for.
inline void AtTheEnd(void (*action)()) {
  static const bool registered = std::atexit(action) == 0;
  static_cast<void>(registered);
}

}  // namespace lab
