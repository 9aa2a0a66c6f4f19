#include "grader/observe/scheduler.h"

#include <algorithm>
#include <utility>

namespace grader::observe {
namespace {

constexpr unsigned kChangePercent = 15;
constexpr unsigned kSleepPercent = 50;

// SplitMix64: an own priority for each task, in whatever order they are met.
std::uint64_t Mix(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15U;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9U;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebU;
  return value ^ (value >> 31);
}

}  // namespace

Scheduler::Scheduler(const Schedule& schedule)
    : seed_(Mix(schedule.seed)), random_(seed_), changes_left_(schedule.change_points) {}

Scheduler::Choice Scheduler::Choose(const std::vector<Candidate>& candidates) {
  Choice choice;
  choice.index = Best(candidates);
  while (candidates.size() > 1 && changes_left_ > 0 && Chance(kChangePercent)) {
    --changes_left_;
    PutBack(candidates[choice.index].name);
    choice.put_back.push_back(choice.index);
    choice.index = Best(candidates);
  }
  const Name& chosen = candidates[choice.index].name;
  turn_ = chosen == last_ && candidates.size() > 1 ? turn_ + 1 : 0;
  last_ = chosen;
  if (turn_ >= kLongestTurn) PutBack(chosen);
  return choice;
}

void Scheduler::Slept(const Name& name) {
  if (Chance(kSleepPercent)) PutBack(name);
}

std::int64_t& Scheduler::PriorityOf(const Name& name) {
  const auto [priority, is_new] = priorities_.try_emplace(name, 0);
  if (is_new) {
    const auto place = static_cast<std::uint64_t>(name.process) << 32U | name.thread;
    priority->second = static_cast<std::int64_t>(Mix(seed_ ^ Mix(place)) >> 1U);
  }
  return priority->second;
}

// Of equal ones the first, in the order of creation.
std::size_t Scheduler::Best(const std::vector<Candidate>& candidates) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    const auto rank = [&](std::size_t j) { return std::pair(-PriorityOf(candidates[j].name), candidates[j].name); };
    if (rank(i) < rank(best)) best = i;
  }
  return best;
}

bool Scheduler::Chance(unsigned percent) { return random_() % 100 < percent; }

void Scheduler::PutBack(const Name& name) { PriorityOf(name) = --lowest_; }

}  // namespace grader::observe
