#include "grader/cli/difference_text.h"

#include <date/date.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grader/report/text.h"

namespace grader::cli {
namespace {

using batch::Direction;

struct Kind {
  Direction direction;
  const char* words;
};

constexpr std::array kKinds = {Kind{Direction::kUp, "up"}, Kind{Direction::kDown, "down"},
                               Kind{Direction::kFlipped, "as many points, other checks"},
                               Kind{Direction::kFirst, "without points before"}, Kind{Direction::kSame, "the same"}};

std::string StudentsText(const std::vector<std::string>& students) {
  std::string text;
  for (const auto& student : students) text += (text.empty() ? "" : ", ") + report::OneLine(student);
  return text;
}

std::string TimeText(std::chrono::sys_seconds time) { return date::format("%F %H:%M UTC", time); }

std::string StateText(const batch::Regrade& regrade) {
  switch (regrade.state) {
    case batch::RegradeState::kRunning:
      return "not finished";
    case batch::RegradeState::kReady:
      return "neither applied nor discarded";
    case batch::RegradeState::kApplied:
      return "applied " + TimeText(regrade.closed.value_or(regrade.begun));
    case batch::RegradeState::kDiscarded:
      return "discarded " + TimeText(regrade.closed.value_or(regrade.begun));
  }
  return {};
}

std::string CheckText(const batch::CheckChange& check) {
  std::string text =
      fmt::format("    {}: {} → {}\n", report::OneLine(check.id), check.before.verdict, check.after.verdict);
  if (check.before.verdict == check.after.verdict) {
    text = fmt::format("    {}: {} → {} points\n", report::OneLine(check.id), report::PointsText(check.before.points),
                       report::PointsText(check.after.points));
  }
  if (!check.before.why.empty()) text += fmt::format("      before: {}\n", check.before.why);
  if (!check.after.why.empty()) text += fmt::format("      now: {}\n", check.after.why);
  return text;
}

std::string ChangeText(const batch::Change& change) {
  const auto points = report::PointsText(change.after);
  const auto total = report::PointsText(change.total);
  std::string text = "  " + StudentsText(change.students) + "  ";
  text += change.before ? fmt::format("{} → {} of {}\n", report::PointsText(*change.before), points, total)
                        : fmt::format("{} of {}\n", points, total);
  for (const auto& check : change.checks) text += CheckText(check);
  return text;
}

}  // namespace

std::string CountsText(const batch::Difference& difference) {
  std::string text;
  for (const auto& kind : kKinds) {
    const int count = difference.CountOf(kind.direction);
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, kind.words);
  }
  return text.empty() ? "nothing to compare\n" : text + "\n";
}

std::string StabilityText(const batch::Difference& difference, int rounds) {
  if (rounds == 1) return {};
  if (difference.wavering.empty()) return fmt::format("every verdict is the same in all {} rounds\n", rounds);
  std::string text = fmt::format("not the same in all {} rounds:\n", rounds);
  for (const auto& one : difference.wavering) {
    std::string counts;
    for (const auto& [verdict, count] : one.rounds) {
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", count, verdict);
    }
    text += fmt::format("  {}  {}: {}\n", StudentsText(one.students), report::OneLine(one.check), counts);
  }
  return text;
}

std::string DifferenceText(const batch::Difference& difference, const batch::Regrade& regrade) {
  std::string text = fmt::format("regrade {}, begun {}, {}; seed {}\n", regrade.id, TimeText(regrade.begun),
                                 StateText(regrade), regrade.plan.seed);
  text += CountsText(difference);
  for (const auto& kind : kKinds) {
    if (kind.direction == Direction::kSame || difference.CountOf(kind.direction) == 0) continue;
    text += fmt::format("\n{}\n", kind.words);
    for (const auto& change : difference.changes) {
      if (change.direction == kind.direction) text += ChangeText(change);
    }
  }
  const auto stability = StabilityText(difference, regrade.plan.rounds);
  return report::WithoutLogCommands(text + (stability.empty() ? "" : "\n" + stability));
}

}  // namespace grader::cli
