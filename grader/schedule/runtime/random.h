// Seeded randomness: xoroshiro-like, good enough to choose and to hand out.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

class Random {
 public:
  void Seed(std::uint64_t seed);
  std::uint64_t Next();

  // From 0 to below count, which is not 0.
  std::uint64_t Below(std::uint64_t count) { return count < 2 ? 0 : Next() % count; }

  bool OneIn(std::uint64_t count) { return Below(count) == 0; }

 private:
  std::uint64_t state_[2] = {1, 2};
};

// What the strategy draws from; and what everything else does, so that a strategy's draws move nothing else.
extern Random strategy_random;
extern Random world_random;

}  // namespace grader::schedule::runtime
