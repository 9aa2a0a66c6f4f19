#include "grader/schedule/portfolio.h"

#include <array>

namespace grader::schedule {
namespace {

// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
std::uint64_t Mixed(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

constexpr std::array kTurns = {
    Strategy::kSurw,       Strategy::kPos,  Strategy::kDirected,   Strategy::kPct,
    Strategy::kRandomWalk, Strategy::kSurw, Strategy::kPct,        Strategy::kPos,
    Strategy::kDirected,   Strategy::kSurw, Strategy::kRandomWalk, Strategy::kPct,
    Strategy::kPos,        Strategy::kSurw, Strategy::kDirected,   Strategy::kDelayBounded,
};

// One of so many schedules, by bits of the draw that nothing else uses.
bool OneOf(std::uint64_t draw, int shift, std::uint64_t schedules) { return (draw >> shift) % schedules == 0; }

std::uint32_t OptionsFor(std::uint64_t draw, std::uint32_t disturbances) {
  std::uint32_t options = 0;
  if (OneOf(draw, 0, 2)) options |= kHoldNewThreads;
  if (OneOf(draw, 8, 2)) options |= kSpuriousWakeUps;
  if (OneOf(draw, 16, 4)) options |= kEarlyTimeouts;
  if (OneOf(draw, 24, 4)) options |= kEarlySleepers;
  if (OneOf(draw, 32, 4)) options |= kPointsEverywhere;
  return options & (disturbances | kHoldNewThreads | kPointsEverywhere);
}

}  // namespace

Recipe Portfolio::At(int number) const {
  if (number <= 1) return {.strategy = Strategy::kFair, .options = 0, .seed = 0};
  const auto draw = Mixed(seed_ + static_cast<std::uint64_t>(number));
  const auto turn = static_cast<std::size_t>(number - 2) % kTurns.size();
  Recipe recipe;
  recipe.strategy = kTurns[turn];
  recipe.options = OptionsFor(draw, disturbances_);
  recipe.seed = Mixed(draw) & 0xffffffff;  // 32 bits: a token is copied by hand
  recipe.depth = recipe.strategy == Strategy::kDelayBounded ? 2 : 3;
  return recipe;
}

}  // namespace grader::schedule
