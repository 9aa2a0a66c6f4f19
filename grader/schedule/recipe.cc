#include "grader/schedule/recipe.h"

#include <stdexcept>

namespace grader::schedule {

std::string NameOf(Strategy strategy) {
  switch (strategy) {
    case Strategy::kFair:
      return "fair";
    case Strategy::kRandomWalk:
      return "walk";
    case Strategy::kPct:
      return "pct";
    case Strategy::kPos:
      return "pos";
    case Strategy::kSurw:
      return "surw";
    case Strategy::kDirected:
      return "held";
    case Strategy::kDelayBounded:
      return "late";
    case Strategy::kPrefix:
      return "path";
  }
  throw std::logic_error("no such strategy");
}

std::string DisturbancesOf(const Recipe& recipe) {
  std::string text;
  const auto add = [&](Option option, const char* words) {
    if ((recipe.options & option) != 0) text += (text.empty() ? "" : ", ") + std::string(words);
  };
  add(kSpuriousWakeUps, "spurious wake-ups");
  add(kEarlyTimeouts, "early time-outs");
  add(kEarlySleepers, "short sleeps");
  return text;
}

}  // namespace grader::schedule
