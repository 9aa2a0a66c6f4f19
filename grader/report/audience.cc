// Who may see what: the other half of grading.h.
#include <fmt/format.h>

#include <map>
#include <string>
#include <utility>

#include "grader/report/grading.h"

namespace grader::report {
namespace {

bool IsHidden(const GradedCheck& check) { return check.info.visibility == checks::Visibility::kHidden; }

GradedCheck Anonymous(const GradedCheck& check, int number) {
  GradedCheck anonymous;
  anonymous.verdict = check.verdict;
  anonymous.info.id = fmt::format("Hidden.Check{}", number);
  anonymous.info.title = fmt::format("hidden check {}", number);
  anonymous.info.points = check.info.points;
  anonymous.info.visibility = checks::Visibility::kHidden;
  anonymous.result.id = anonymous.info.id;
  anonymous.result.status = check.result.status;
  anonymous.result.points = check.result.points;
  anonymous.result.took = check.result.took;
  return anonymous;
}

}  // namespace

Grading Redacted(Grading grading, Audience audience) {
  if (audience == Audience::kInstructor) {
    return grading;
  }
  std::map<std::string, std::string> anonymous_ids;
  for (GradedCheck& check : grading.checks) {
    if (IsHidden(check)) {
      const std::string id = check.info.id;
      check = Anonymous(check, static_cast<int>(anonymous_ids.size()) + 1);
      anonymous_ids.emplace(id, check.info.id);
    }
  }
  for (GradedCheck& check : grading.checks) {
    for (std::string& need : check.info.needs) {
      if (const auto found = anonymous_ids.find(need); found != anonymous_ids.end()) {
        need = found->second;
        if (check.verdict == Verdict::kSkipped) {
          check.result.reason = "It builds on a hidden check that did not pass.";
        }
      }
    }
  }
  return grading;
}

}  // namespace grader::report
