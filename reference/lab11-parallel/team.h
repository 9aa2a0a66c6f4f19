// A team of threads that is joined whatever happens.
#pragma once

#include <functional>
#include <thread>
#include <vector>

namespace lab {

// Runs work(0) … work(workers - 1), each in a thread of its own, and waits for all. Throws std::system_error if one
// cannot be started; those that were are joined first.
inline void RunTeam(int workers, const std::function<void(int)>& work) {
  std::vector<std::jthread> team;
  team.reserve(static_cast<std::size_t>(workers));
  for (int worker = 0; worker < workers; ++worker) team.emplace_back(work, worker);
}

}  // namespace lab
