// A team of threads that begins when all of it is there.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace lab {

inline void RunTeam(int workers, const std::function<void(int)>& work) {
  std::atomic<int> gate{0};  // 1: work, 2: go home
  std::vector<std::thread> team;
  const auto open = [&](int to) {
    gate.store(to);
    gate.notify_all();
    for (auto& thread : team) thread.join();
  };
  try {
    for (int me = 0; me < workers; ++me) {
      team.emplace_back([&, me] {
        gate.wait(0);
        if (gate.load() == 1) work(me);
      });
    }
  } catch (...) {
    open(2);
    throw;
  }
  open(1);
}

}  // namespace lab
