#include "grader/report/class_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "grader/report/grading.h"

namespace grader::report {
namespace {

constexpr std::size_t kBins = 10;
using Bins = std::array<int, kBins>;

Bins BinsOf(const ClassReport& report) {
  Bins bins{};
  for (const double points : PointsKnown(report)) {
    const double share = report.max > 0 ? std::clamp(points / report.max, 0.0, 1.0) : 0;
    ++bins[std::min(static_cast<std::size_t>(share * kBins), kBins - 1)];
  }
  return bins;
}

// "0 to 4", "36 to 40": the points that a bin holds.
std::string RangeOf(const ClassReport& report, std::size_t bin) {
  const auto edge = [&](std::size_t n) { return PointsText(report.max * static_cast<double>(n) / kBins); };
  return fmt::format("{} to {}", edge(bin), edge(bin + 1));
}

void PutBars(Html& html, const ClassReport& report, const Bins& bins) {
  constexpr double kWidth = 720;
  constexpr double kHeight = 200;
  constexpr double kBase = 172;
  constexpr double kColumn = kWidth / kBins;
  const Html::Scope svg = html.In("svg", {{"xmlns", "http://www.w3.org/2000/svg"},
                                          {"role", "img"},
                                          {"aria-labelledby", "histogram-title"},
                                          {"aria-describedby", "histogram-desc"},
                                          {"width", Px(kWidth)},
                                          {"height", Px(kHeight)},
                                          {"viewBox", fmt::format("0 0 {} {}", Px(kWidth), Px(kHeight))}});
  html.Put("title", {{"id", "histogram-title"}}, "How many students have how many points");
  html.Put("desc", {{"id", "histogram-desc"}}, "Ten bars; the table below has the same numbers.");
  const double most = std::max(1, *std::ranges::max_element(bins));
  for (std::size_t i = 0; i < kBins; ++i) {
    const double x = kColumn * static_cast<double>(i);
    const double height = 136 * bins[i] / most;
    const Html::Scope bar = html.In("g");
    html.Put("title", fmt::format("{} points: {}", RangeOf(report, i), bins[i]));
    html.Void("rect", {{"class", "hist"},
                       {"x", Px(x + 6)},
                       {"y", Px(kBase - height)},
                       {"width", Px(kColumn - 12)},
                       {"height", Px(height)},
                       {"rx", "3"}});
    const Html::Attributes middle = {{"x", Px(x + kColumn / 2)}, {"text-anchor", "middle"}};
    if (bins[i] > 0) {
      auto above = middle;
      above.emplace_back("y", Px(kBase - height - 7));
      html.Put("text", above, std::to_string(bins[i]));
    }
    auto below = middle;
    below.emplace_back("y", "191");
    below.emplace_back("class", "soft");
    html.Put("text", below,
             PointsText(report.max * static_cast<double>(i) / kBins) + "–" +
                 PointsText(report.max * static_cast<double>(i + 1) / kBins));
  }
  html.Void("path", {{"class", "axis"}, {"d", fmt::format("M0 {}H{}", Px(kBase), Px(kWidth))}});
}

}  // namespace

std::vector<ClassColumn> ColumnsOf(const ClassReport& report) {
  std::vector<ClassColumn> columns;
  std::map<std::string, std::size_t> known;
  for (const ClassRow& row : report.rows) {
    for (const ClassCell& cell : row.cells) {
      const auto [at, is_new] = known.emplace(cell.id, columns.size());
      if (is_new) columns.push_back({.id = cell.id, .title = cell.title, .hidden = cell.hidden, .max = cell.max});
      ClassColumn& column = columns[at->second];
      column.passed += cell.verdict == Verdict::kPassed ? 1 : 0;
      column.failed += cell.verdict == Verdict::kFailed ? 1 : 0;
      column.skipped += cell.verdict == Verdict::kSkipped ? 1 : 0;
      if (cell.verdict == Verdict::kPassed || cell.verdict == Verdict::kFailed) {
        ++column.judged;
        column.took += cell.took;
      }
    }
  }
  return columns;
}

std::vector<double> PointsKnown(const ClassReport& report) {
  std::vector<double> points;
  for (const ClassRow& row : report.rows) {
    if (row.points && row.status != "missing") points.push_back(*row.points);
  }
  std::ranges::sort(points);
  return points;
}

double MedianOf(const std::vector<double>& values) {
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

void PutHistogram(Html& html, const ClassReport& report) {
  const Bins bins = BinsOf(report);
  {
    const Html::Scope pan =
        html.In("div", {{"class", "pan"}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", "points"}});
    PutBars(html, report, bins);
  }
  const Html::Scope details = html.In("details");
  html.Put("summary", "The same as a table");
  const Html::Scope table = html.In("table");
  {
    const Html::Scope head = html.In("thead");
    const Html::Scope row = html.In("tr");
    html.Put("th", {{"scope", "col"}}, "Points");
    html.Put("th", {{"scope", "col"}, {"class", "num"}}, "Students");
  }
  const Html::Scope body = html.In("tbody");
  for (std::size_t i = 0; i < kBins; ++i) {
    const Html::Scope row = html.In("tr");
    html.Put("th", {{"scope", "row"}}, RangeOf(report, i));
    html.Put("td", {{"class", "num"}}, std::to_string(bins[i]));
  }
}

}  // namespace grader::report
