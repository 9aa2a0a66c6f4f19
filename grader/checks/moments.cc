#include "grader/checks/moments.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Intervention;

std::string InWords(const Intervention& intervention) {
  const bool calls = intervention.unit == Intervention::Unit::kCalls;
  const auto moment = intervention.after == 0 ? std::string("at its beginning")
                                              : "after " + Count(static_cast<std::uint64_t>(intervention.after),
                                                                 calls ? "system call" : "instruction",
                                                                 calls ? "system calls" : "instructions");
  const bool kill = intervention.action == Intervention::Action::kKill;
  return fmt::format("the process \"{}\" is {} {}", intervention.mark,
                     kill ? "killed" : "held, while the others go on,", moment);
}

}  // namespace

std::vector<int> Spread(int length, int most) {
  const int moments = std::min(length + 1, most);
  std::vector<int> spread;
  spread.reserve(static_cast<std::size_t>(moments));
  for (int i = 0; i < moments; ++i) {
    spread.push_back(moments == 1 ? 0 : static_cast<int>(static_cast<std::int64_t>(i) * length / (moments - 1)));
  }
  return spread;
}

std::vector<int> Choose(const observe::Stretch& measured, int most) {
  if (measured.length < most) return Spread(measured.length, most);
  std::set<int> chosen;
  const auto add = [&chosen](const std::vector<int>& moments, int share) {
    if (moments.empty()) return;
    for (const int i : Spread(static_cast<int>(moments.size()) - 1, share)) {
      chosen.insert(moments[static_cast<std::size_t>(i)]);
    }
  };
  const auto left = [&] { return most - static_cast<int>(chosen.size()); };
  add(measured.shared, most / 2);
  add(measured.own_code, left() / 2);
  const auto all = Spread(measured.length, left());
  chosen.insert(all.begin(), all.end());
  return {chosen.begin(), chosen.end()};
}

std::string TitleOf(std::string scenario, const observe::RunRequest& request) {
  std::string notes;
  if (request.schedule) notes = fmt::format("schedule {}", request.schedule->seed);
  for (const Intervention& intervention : request.interventions) {
    if (intervention.after == Intervention::kNever) continue;
    notes += (notes.empty() ? "" : "; ") + InWords(intervention);
  }
  if (scenario.empty() && notes.empty()) return {};
  auto title = scenario.empty() ? CommandLine(request.command) : std::move(scenario);
  return notes.empty() ? title : title + "\n(" + notes + ")";
}

}  // namespace grader::checks
