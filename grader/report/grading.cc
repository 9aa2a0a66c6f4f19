#include "grader/report/grading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace grader::report {
namespace {

Verdict VerdictOf(checks::CheckStatus status) {
  switch (status) {
    case checks::CheckStatus::kPassed:
      return Verdict::kPassed;
    case checks::CheckStatus::kFailed:
      return Verdict::kFailed;
    case checks::CheckStatus::kSkipped:
      return Verdict::kSkipped;
    case checks::CheckStatus::kFault:
      return Verdict::kFault;
  }
  return Verdict::kFault;
}

template <typename Items>
auto FindId(Items& items, const std::string& id) {
  return std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
}

// Sums of tenths are not exact in binary, and reports are compared.
double Hundredths(double points) { return std::round(points * 100) / 100; }

bool Counts(Verdict verdict) { return verdict == Verdict::kPassed || verdict == Verdict::kFailed; }

}  // namespace

Overall OverallOf(const Grading& grading) {
  if (!grading.faults.empty() || CountOf(grading, Verdict::kFault) > 0) {
    return Overall::kFault;
  }
  const int asked = static_cast<int>(grading.checks.size()) - CountOf(grading, Verdict::kLeftOut);
  const int passed = CountOf(grading, Verdict::kPassed);
  return asked > 0 && passed == asked ? Overall::kFullMarks : Overall::kNotFullMarks;
}

Points PointsOf(const Grading& grading) {
  Points points;
  for (const GradedCheck& check : grading.checks) {
    points.earned += check.result.points;
    points.total += check.info.points;
  }
  return {.earned = Hundredths(points.earned), .total = Hundredths(points.total)};
}

int CountOf(const Grading& grading, Verdict verdict) {
  return static_cast<int>(std::count_if(grading.checks.begin(), grading.checks.end(),
                                        [&](const GradedCheck& check) { return check.verdict == verdict; }));
}

std::string PointsText(double points) {
  std::string text = fmt::format("{:.2f}", points);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) {
    text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

GradingBuilder::GradingBuilder(Subject subject) { grading_.subject = std::move(subject); }

void GradingBuilder::Add(const checks::Event& event) {
  std::visit([this](const auto& one) { On(one); }, event);
}

void GradingBuilder::AddFault(std::string what) { grading_.faults.push_back(std::move(what)); }

void GradingBuilder::On(const checks::Started& started) {
  if (std::exchange(started_, true)) {
    AddFault("The checks executable started twice.");
    return;
  }
  grading_.seed = started.seed;
  grading_.isolation = started.isolation;
  std::set<std::string> ids;
  for (const checks::CheckInfo& info : started.checks) {
    if (!ids.insert(info.id).second) {
      AddFault(fmt::format("The check {} is declared twice.", info.id));
      continue;
    }
    grading_.checks.push_back({.info = info, .verdict = Verdict::kFault, .result = {.id = info.id}});
  }
}

void GradingBuilder::On(const checks::BuildReport& build) { grading_.builds.push_back(build); }

void GradingBuilder::On(const checks::CheckStarted&) {}

void GradingBuilder::On(const checks::CheckResult& result) {
  if (FindId(results_, result.id) != results_.end()) {
    AddFault(fmt::format("The check {} was decided twice.", result.id));
    return;
  }
  results_.push_back(result);
}

void GradingBuilder::On(const checks::Fault& fault) { AddFault(fault.what); }

void GradingBuilder::On(const checks::Finished&) { finished_ = true; }

void GradingBuilder::Judge(GradedCheck& check) const {
  const auto result = FindId(results_, check.info.id);
  if (result != results_.end()) {
    check.verdict = VerdictOf(result->status);
    check.result = *result;
    if (!Counts(check.verdict)) {
      check.result.points = 0;
    }
  } else if (finished_ && !grading_.subject.only.empty()) {
    check.verdict = Verdict::kLeftOut;
    check.result.reason = "left out by --only";
  } else {
    check.verdict = Verdict::kFault;
    check.result.reason = finished_ ? "The checks executable sent no result for this check."
                                    : "The checks executable ended before this check was decided.";
  }
}

Grading GradingBuilder::Finish(std::chrono::milliseconds elapsed) && {
  for (GradedCheck& check : grading_.checks) {
    Judge(check);
  }
  for (const checks::CheckResult& result : results_) {
    const bool known = std::any_of(grading_.checks.begin(), grading_.checks.end(),
                                   [&](const GradedCheck& check) { return check.info.id == result.id; });
    if (!known) {
      AddFault(fmt::format("The check {} was decided but never declared.", result.id));
    }
  }
  if (grading_.faults.empty() && !(started_ && finished_)) {
    AddFault(started_ ? "The checks executable ended before it was finished."
                      : "The checks executable never said which checks there are.");
  }
  grading_.elapsed = elapsed;
  return std::move(grading_);
}

}  // namespace grader::report
