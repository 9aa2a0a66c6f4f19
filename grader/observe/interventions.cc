#include "grader/observe/interventions.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

namespace grader::observe {

Interventions::Interventions(std::vector<Intervention> wanted)
    : wanted_(std::move(wanted)), stretches_(wanted_.size()) {
  for (const Intervention& each : wanted_) {
    if (each.mark.empty() || each.mark.size() > kLongestMark) {
      throw std::invalid_argument("the mark of an intervention has 1 to 14 bytes, not \"" + each.mark + '"');
    }
    if (each.after < 0) throw std::invalid_argument("an intervention comes after 0 units or more");
  }
}

void Interventions::Named(pid_t task, int process, std::string_view name) {
  if (const auto open = open_.find(task); open != open_.end()) {
    const std::size_t index = open->second.index;
    if (name != wanted_[index].mark + ".") return;
    stretches_[index].whole = true;
    open_.erase(open);
    return;
  }
  for (std::size_t i = 0; i < wanted_.size(); ++i) {
    if (stretches_[i].begun || name != wanted_[i].mark) continue;
    stretches_[i].begun = true;
    stretches_[i].process = process;
    open_[task] = {i, true};
    return;
  }
}

std::optional<std::size_t> Interventions::HoldToCome(pid_t task, std::string_view name) const {
  for (const auto& [other, open] : open_) {
    const Intervention& wanted = wanted_[open.index];
    const bool holds = wanted.action == Intervention::Action::kHold && !stretches_[open.index].acted;
    if (other != task && holds && wanted.mark == name) return open.index;
  }
  return std::nullopt;
}

bool Interventions::IsToCome(std::size_t intervention) const {
  return !stretches_[intervention].acted &&
         std::ranges::any_of(open_, [&](const auto& open) { return open.second.index == intervention; });
}

std::optional<Intervention::Unit> Interventions::UnitOf(pid_t task) const {
  const auto open = open_.find(task);
  if (open == open_.end() || stretches_[open->second.index].acted) return std::nullopt;
  return wanted_[open->second.index].unit;
}

std::optional<Intervention::Action> Interventions::Done(pid_t task) {
  const auto open = open_.find(task);
  if (open == open_.end()) return std::nullopt;
  Stretch& stretch = stretches_[open->second.index];
  if (stretch.acted) return std::nullopt;
  if (!std::exchange(open->second.at_mark, false)) ++stretch.length;
  const Intervention& wanted = wanted_[open->second.index];
  if (stretch.length < wanted.after) return std::nullopt;
  stretch.acted = true;
  return wanted.action;
}

bool Interventions::Measures(pid_t task) const {
  const auto open = open_.find(task);
  return open != open_.end() && wanted_[open->second.index].after == Intervention::kNever;
}

void Interventions::Note(pid_t task, std::vector<int> Stretch::*moments) {
  const auto open = open_.find(task);
  if (open == open_.end()) return;
  Stretch& stretch = stretches_[open->second.index];
  (stretch.*moments).push_back(stretch.length);
}

}  // namespace grader::observe
