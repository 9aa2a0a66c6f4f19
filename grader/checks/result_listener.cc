#include "grader/checks/result_listener.h"

#include <algorithm>
#include <string_view>

#include "grader/checks/failure_text.h"

namespace grader::checks {
namespace {

constexpr std::size_t kMostFailures = 8;

bool SameText(const Failure& a, const Failure& b) {
  return a.expected == b.expected && a.happened == b.happened && a.facts == b.facts && a.run == b.run;
}

// One failure more, unless it was told before.
void Add(CheckResult& result, ShownFailure shown, const CheckRecord& record) {
  auto& failure = shown.failure;
  if (failure.run.empty() && record.runs == 1) failure.run = record.last_run;
  if (result.output.empty()) result.output = std::move(shown.output);
  if (result.timeline.lanes.empty()) result.timeline = std::move(shown.timeline);
  const auto same = [&failure](const Failure& known) { return SameText(known, failure); };
  if (std::none_of(result.failures.begin(), result.failures.end(), same)) result.failures.push_back(std::move(failure));
}

// Of several explorations, each different bound once.
std::string Joined(std::vector<std::string> bounds) {
  constexpr std::size_t kMost = 3;
  std::vector<std::string> told;
  for (std::string& bound : bounds) {
    if (std::ranges::find(told, bound) == told.end()) told.push_back(std::move(bound));
  }
  std::string text;
  for (std::size_t i = 0; i < std::min(told.size(), kMost); ++i) text += (i == 0 ? "" : "; ") + told[i];
  if (told.size() > kMost) text += "; and " + std::to_string(told.size() - kMost) + " more searches like these";
  return text;
}

// What ASSERT_NO_FATAL_FAILURE(...) adds: the failure itself has been recorded where it happened.
bool OnlyPassesOn(const ::testing::TestPartResult& part) {
  return std::string_view(part.message()).find("doesn't generate new fatal failures in the current thread") !=
         std::string_view::npos;
}

void AddAll(CheckResult& result, const ::testing::TestResult& parts, const CheckRecord& record) {
  for (int i = 0; i < parts.total_part_count(); ++i) {
    const auto& part = parts.GetTestPartResult(i);
    if (!part.failed() || OnlyPassesOn(part)) continue;
    for (auto& shown : DecodeFailures(part.message())) Add(result, std::move(shown), record);
  }
  if (result.output.empty()) result.output = record.last_output;
  if (result.failures.size() <= kMostFailures) return;
  const auto more = result.failures.size() - kMostFailures;
  result.failures.resize(kMostFailures);
  result.failures.back().facts.push_back("and " + std::to_string(more) + " more failures after this one");
}

}  // namespace

void ResultListener::OnTestStart(const ::testing::TestInfo& test) { runner_.Begin(test.name()); }

void ResultListener::OnTestEnd(const ::testing::TestInfo& test) {
  CheckResult result;
  result.id = test.name();
  result.took = std::chrono::milliseconds(test.result()->elapsed_time());
  const auto& record = runner_.record(result.id);
  if (!record.fault.empty()) {
    result.status = CheckStatus::kFault;
    result.reason = record.fault;
  } else if (const auto unfair = test.result()->Failed() ? runner_.WhyUnfair() : std::string(); !unfair.empty()) {
    result.status = CheckStatus::kSkipped;
    result.reason = unfair;
  } else if (test.result()->Failed()) {
    result.status = CheckStatus::kFailed;
    AddAll(result, *test.result(), record);
    result.attempt = record.attempt;
    result.replay = record.replay;
    result.steps = record.steps;
    result.sent = record.sent;
    if (!record.steps.empty() || result.timeline.lanes.empty()) result.timeline = record.last_timeline;
  } else if (!record.skipped.empty() || test.result()->Skipped()) {
    result.status = CheckStatus::kSkipped;
    result.reason = record.skipped.empty() ? "the check cannot be judged here" : record.skipped;
  } else {
    result.points = runner_.info(result.id).points;
    result.bound = Joined(record.bounds);
  }
  runner_.End(std::move(result));
}

}  // namespace grader::checks
