// What is known about one task.
#pragma once

#include <memory>
#include <string>

#include "pool.hpp"

namespace pool {

struct State {
  enum class Fate { kOpen, kDone, kThrew, kLost };

  std::weak_ptr<Crew> crew;  // who is at it; gone with the pool
  Fate fate = Fate::kOpen;
  std::string bytes;  // the result, or why there is none

  void Settle(Fate how, std::string what) {
    fate = how;
    bytes = std::move(what);
  }
};

}  // namespace pool
