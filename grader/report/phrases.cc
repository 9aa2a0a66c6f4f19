#include "grader/report/phrases.h"

#include <fmt/format.h>

#include "grader/report/text.h"
#include "grader/report/wrap.h"

namespace grader::report {

std::string Count(std::size_t n, std::string_view noun) { return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s"); }

std::string Of(double earned, double total) {
  return fmt::format("{} of {} point{}", PointsText(earned), PointsText(total), total == 1 ? "" : "s");
}

std::string TitlesOf(const std::vector<const GradedCheck*>& checks) {
  std::string titles;
  for (const GradedCheck* check : checks) {
    titles += (titles.empty() ? "" : " · ") + OneLine(check->info.title);
  }
  return titles;
}

double TotalOf(const Cause& cause) {
  double total = 0;
  for (const GradedCheck* check : cause.checks) {
    total += check->info.points;
  }
  return total;
}

double EarnedIn(const Cause& cause) {
  double earned = 0;
  for (const GradedCheck* check : cause.checks) {
    earned += check->result.points;
  }
  return earned;
}

std::string HeadAndTail(const std::string& text, std::size_t limit) {
  const std::vector<std::string> lines = Lines(text);
  const std::size_t left_out = lines.size() > limit ? lines.size() - limit + 1 : 0;
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (left_out > 0 && i == limit - 2) {
      out += fmt::format("\n… {} left out …", Count(left_out, "line"));
      i += left_out;
    }
    out += (i == 0 ? "" : "\n") + lines[i];
  }
  return out;
}

}  // namespace grader::report
