#include "grader/report/causes.h"

#include <algorithm>
#include <map>
#include <utility>

namespace grader::report {
namespace {

bool IsStoppedBy(const GradedCheck& check, const checks::BuildReport& build) {
  const auto& failures = check.result.failures;
  return check.verdict == Verdict::kFailed && !build.ok && failures.size() == 1 && !build.summary.empty() &&
         failures.front().happened.find(build.summary) != std::string::npos;
}

// Two checks with equal keys have one cause.
std::vector<std::string> KeyOf(const GradedCheck& check) {
  if (check.verdict != Verdict::kFailed) {
    return {check.result.reason};
  }
  if (check.info.visibility == checks::Visibility::kHidden && check.result.failures.empty()) {
    return {"hidden"};
  }
  if (check.result.failures.size() != 1 || check.result.failures.front().happened.empty()) {
    return {"only", check.info.id};
  }
  const checks::Failure& failure = check.result.failures.front();
  std::vector<std::string> key = failure.facts;
  // What it printed may be all that tells two ends with the same status apart.
  key.insert(key.begin(), {"like", failure.happened, failure.location, check.result.output});
  return key;
}

template <typename Wanted>
std::vector<Cause> Grouped(const Grading& grading, Wanted wanted) {
  std::vector<Cause> causes;
  std::map<std::vector<std::string>, std::size_t> places;
  for (const GradedCheck& check : grading.checks) {
    if (wanted(check)) {
      const auto [place, is_new] = places.emplace(KeyOf(check), causes.size());
      if (is_new) {
        causes.emplace_back();
      }
      causes[place->second].checks.push_back(&check);
    }
  }
  return causes;
}

}  // namespace

bool IsStoppedByABuild(const Grading& grading, const GradedCheck& check) {
  return std::any_of(grading.builds.begin(), grading.builds.end(),
                     [&](const checks::BuildReport& build) { return IsStoppedBy(check, build); });
}

std::vector<Cause> FailureCauses(const Grading& grading) {
  return Grouped(grading, [&](const GradedCheck& check) {
    return check.verdict == Verdict::kFailed && !IsStoppedByABuild(grading, check);
  });
}

Cause StoppedBy(const Grading& grading, const checks::BuildReport& build) {
  Cause cause;
  for (const GradedCheck& check : grading.checks) {
    if (IsStoppedBy(check, build)) {
      cause.checks.push_back(&check);
    }
  }
  return cause;
}

std::vector<Cause> ReasonsOf(const Grading& grading, Verdict verdict) {
  return Grouped(grading, [&](const GradedCheck& check) { return check.verdict == verdict; });
}

}  // namespace grader::report
