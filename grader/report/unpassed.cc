#include "grader/report/unpassed.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "grader/build/remark.h"
#include "grader/report/explain.h"
#include "grader/report/phrases.h"
#include "grader/report/sent.h"
#include "grader/report/text.h"
#include "grader/report/wrap.h"

namespace grader::report {
namespace {

constexpr std::size_t kExplained = 3;  // failures a student can take in at once
constexpr std::size_t kMessageLines = 30;
constexpr std::size_t kOutputLines = 6;
constexpr std::size_t kFacts = 6;
constexpr std::size_t kFailuresOfOne = 2;

bool IsHidden(const Cause& cause) {
  return cause.checks.front()->info.visibility == checks::Visibility::kHidden &&
         cause.checks.front()->result.failures.empty();
}

// What a build has to tell: our own remarks, a line each, and what the compiler said.
struct Messages {
  std::vector<std::string> remarks;
  std::string compiler;
};

Messages Parted(std::string text) {
  Messages messages;
  while (text.starts_with(build::kRemark)) {
    const std::size_t end = text.find('\n');
    messages.remarks.push_back(text.substr(build::kRemark.size(), end - build::kRemark.size()));
    text.erase(0, end == std::string::npos ? end : end + 1);
  }
  messages.compiler = std::move(text);
  return messages;
}

}  // namespace

void Unpassed::Write() {
  Faults();
  Builds();
  Failures();
  Skipped();
}

void Unpassed::Faults() {
  for (const std::string& fault : grading_.faults) {
    page_.Gap();
    page_.Put({"FAULT", Ink::kWarning, fault, ""});
    page_.Paragraph(kNotYourFault, Ink::kPlain, 2);
  }
  for (const Cause& cause : ReasonsOf(grading_, Verdict::kFault)) {
    const GradedCheck& first = *cause.checks.front();
    const bool alone = cause.checks.size() == 1;
    page_.Gap();
    page_.Put({"FAULT", Ink::kWarning, alone ? first.info.title : Count(cause.checks.size(), "check") + " not judged",
               PointsText(TotalOf(cause)) + " points open"});
    page_.Paragraph(kNotYourFault, Ink::kPlain, 2);
    page_.Field("reason", Summary(first));
    page_.Field("checks", alone ? "" : TitlesOf(cause.checks));
    page_.Command("again", alone ? ReplayCommand(grading_, first) : "");
  }
}

void Unpassed::Builds() {
  for (const checks::BuildReport& build : grading_.builds) {
    if (!build.ok) {
      FailedBuild(build);
      continue;
    }
    const auto [remarks, warnings] = Parted(build.messages);
    for (const std::string& remark : remarks) {
      page_.Gap();
      page_.Put({"NOTE", Ink::kWarning, remark, ""});
    }
    if (!warnings.empty() && Full()) {
      page_.Gap();
      page_.Put({"NOTE", Ink::kWarning, "the compiler warns about " + build.program, ""});
      page_.Verbatim(warnings, 2);
    }
  }
}

void Unpassed::FailedBuild(const checks::BuildReport& build) {
  const Cause stopped = StoppedBy(grading_, build);
  const std::string note = stopped.checks.empty() ? "" : Of(EarnedIn(stopped), TotalOf(stopped));
  page_.Gap();
  page_.Put({"FAILED", Ink::kBad, build.summary, note});
  if (!build.messages.empty()) {
    page_.Gap();
    page_.Verbatim(HeadAndTail(build.messages, Limit(kMessageLines)), 2);
    page_.Gap();
  }
  if (!stopped.checks.empty()) {
    page_.Paragraph(Count(stopped.checks.size(), "check") + " could not run.", Ink::kPlain, 2);
  }
}

void Unpassed::Failures() {
  std::size_t told = 0;
  const std::vector<Cause> causes = FailureCauses(grading_);
  for (const Cause& cause : causes) {
    if (IsHidden(cause)) {
      continue;
    }
    if (told < Limit(kExplained)) {
      Explain(cause);
    } else {
      InShort(cause);
    }
    ++told;
  }
  if (told > Limit(kExplained)) {
    page_.Gap();
    page_.Paragraph("The first failures are explained; --verbose explains all of them.", Ink::kDim, 0);
  }
  for (const Cause& cause : causes) {
    if (IsHidden(cause)) {
      page_.Gap();
      page_.Put({"FAILED", Ink::kBad, Count(cause.checks.size(), "hidden check"), Of(EarnedIn(cause), TotalOf(cause))});
      page_.Paragraph("What hidden checks look at is for instructors.", Ink::kPlain, 2);
    }
  }
}

void Unpassed::Explain(const Cause& cause) {
  const GradedCheck& check = *cause.checks.front();
  const auto& failures = check.result.failures;
  page_.Gap();
  page_.Put({"FAILED", Ink::kBad, check.info.title, Of(check.result.points, check.info.points)});
  if (failures.empty()) {
    page_.Field("happened", Summary(check));
  }
  const std::size_t shown = std::min(failures.size(), Limit(kFailuresOfOne));
  for (std::size_t i = 0; i < shown; ++i) {
    Explain(failures[i], i == 0 ? "" : failures[i - 1].run);
  }
  if (shown < failures.size()) {
    page_.Field("and", Count(failures.size() - shown, "more failure"));
  }
  page_.Field("printed", HeadAndTail(Visible(check.result.output), Limit(kOutputLines)));
  if (options_.steps == Steps::kShown && !check.result.steps.empty()) {
    page_.Field("steps", "one thread at a time, from the start");
    page_.Verbatim(check.result.steps, 2);
  }
  if (options_.sent_folder) page_.Command("send it", SendCommand(grading_, check, *options_.sent_folder));
  page_.Field("hint", HintFor(grading_, check));
  page_.Command("again", ReplayCommand(grading_, check));
  if (cause.checks.size() > 1) {
    page_.Field("likewise", TitlesOf({cause.checks.begin() + 1, cause.checks.end()}));
  }
}

void Unpassed::Explain(const checks::Failure& failure, const std::string& run_before) {
  page_.Field("ran", failure.run == run_before ? "" : failure.run);
  page_.Field("expected", failure.expected);
  page_.Field("happened", failure.happened);
  std::vector<std::string> facts = failure.facts;
  if (facts.size() > Limit(kFacts)) {
    const std::size_t left_out = facts.size() - kFacts;
    facts.resize(kFacts);
    facts.push_back(fmt::format("… {} more", left_out));
  }
  page_.Bullets(facts);
  page_.Field("look at", failure.location);
}

void Unpassed::InShort(const Cause& cause) {
  const GradedCheck& check = *cause.checks.front();
  if (!std::exchange(short_, true)) {
    page_.Gap();
  }
  page_.Put({"FAILED", Ink::kBad, check.info.title, Of(check.result.points, check.info.points)});
  page_.Paragraph(Clipped(Summary(check), options_.style.width - 2), Ink::kPlain, 2);
  if (cause.checks.size() > 1) {
    page_.Field("likewise", TitlesOf({cause.checks.begin() + 1, cause.checks.end()}));
  }
}

void Unpassed::Skipped() {
  for (const Cause& cause : ReasonsOf(grading_, Verdict::kSkipped)) {
    const bool alone = cause.checks.size() == 1;
    page_.Gap();
    page_.Put({"SKIPPED", Ink::kWarning, alone ? cause.checks.front()->info.title : Count(cause.checks.size(), "check"),
               Of(0, TotalOf(cause))});
    page_.Field("reason", Summary(*cause.checks.front()));
    page_.Field("checks", alone ? "" : TitlesOf(cause.checks));
  }
}

}  // namespace grader::report
