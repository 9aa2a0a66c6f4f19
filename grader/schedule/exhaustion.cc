#include "grader/schedule/exhaustion.h"

#include <bit>

namespace grader::schedule {
namespace {

constexpr ThreadNumber kMostNumbers = 64;  // bits of a set of threads

std::uint64_t Bit(ThreadNumber thread) { return std::uint64_t{1} << static_cast<unsigned>(thread); }

}  // namespace

std::optional<ThreadNumber> Exhaustion::Untried(const Node& node) const {
  const std::uint64_t asleep = node.choice.wakes != 0 ? 0 : node.choice.sleepers;
  const std::uint64_t left = node.choice.enabled & ~asleep & ~node.explored;
  if (left == 0) return std::nullopt;
  return static_cast<ThreadNumber>(std::countr_zero(left));
}

std::optional<Recipe> Exhaustion::Next() {
  Recipe recipe{.strategy = Strategy::kPrefix};
  if (!begun_) {
    begun_ = true;
    return recipe;
  }
  while (!nodes_.empty() && !Untried(nodes_.back())) nodes_.pop_back();
  if (nodes_.empty()) return std::nullopt;
  Node& last = nodes_.back();
  recipe.sleepers = last.choice.sleepers | (last.choice.wakes != 0 ? 0 : last.explored);
  const ThreadNumber next = *Untried(last);
  last.explored |= Bit(next);
  last.choice.chosen = next;
  for (const Node& node : nodes_) recipe.prefix.push_back(node.choice.chosen);
  kept_ = nodes_.size();
  return recipe;
}

bool Exhaustion::Learn(const std::vector<Choice>& choices) {
  if (choices.size() >= kMostChoices || choices.size() < kept_) return false;
  for (std::size_t i = kept_; i < choices.size(); ++i) {
    if (choices[i].chosen < 0 || choices[i].chosen >= kMostNumbers) return false;
    nodes_.push_back({choices[i], Bit(choices[i].chosen)});
  }
  return true;
}

Recipe PathOf(const std::vector<Choice>& choices) {
  Recipe recipe{.strategy = Strategy::kPrefix};
  for (const Choice& choice : choices) recipe.prefix.push_back(choice.chosen);
  return recipe;
}

}  // namespace grader::schedule
