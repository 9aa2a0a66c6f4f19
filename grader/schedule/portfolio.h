// Which schedules are tried, and in which order. No single strategy finds all bugs: each has its share.
#pragma once

#include <cstdint>

#include "grader/schedule/recipe.h"

namespace grader::schedule {

// What may happen in some of the schedules besides switches: of Option.
inline constexpr std::uint32_t kAllDisturbances = kSpuriousWakeUps | kEarlyTimeouts | kEarlySleepers;

// The portfolio of one search: the same seed gives the same recipes.
//
// First one fair run. Then, in every sixteen: four SURW (Zhao et al., "Selectively Uniform Concurrency Testing", ASPLOS
// 2025), three POS (Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling", CAV 2018), three PCT (Burckhardt et
// al., "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010), two random walks, three
// directed, one delay-bounded. Half of them hold new threads back; each allowed disturbance is in some of them.
class Portfolio {
 public:
  Portfolio(std::uint64_t seed, std::uint32_t disturbances) : seed_(seed), disturbances_(disturbances) {}

  // number: from 1.
  Recipe At(int number) const;

 private:
  std::uint64_t seed_;
  std::uint32_t disturbances_;
};

}  // namespace grader::schedule
