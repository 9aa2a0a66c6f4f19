#include "grader/batch/lateness.h"

#include <algorithm>

namespace grader::batch {

std::optional<Lateness> LatenessOf(const HandIn& hand_in, std::optional<std::chrono::sys_seconds> due,
                                   std::chrono::seconds extension, const std::optional<course::LateRule>& rule) {
  if (!hand_in.handed_in && hand_in.marked_late) return Lateness{.unknown = true};
  if (!due || !hand_in.handed_in) return std::nullopt;
  const auto end = *due + extension;
  const auto over = *hand_in.handed_in - end;
  if (over <= (rule ? rule->grace : std::chrono::milliseconds(0))) return Lateness{};
  Lateness late;
  late.days = static_cast<int>(std::chrono::ceil<std::chrono::days>(over).count());
  if (!rule) return late;
  const bool too_late = rule->days && late.days > *rule->days;
  late.kept = too_late ? 0 : std::max(0.0, 1 - late.days * rule->percent_per_day / 100.0);
  return late;
}

}  // namespace grader::batch
