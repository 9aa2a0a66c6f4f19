#include "grader/report/explain.h"

#include <fmt/format.h>

#include "grader/report/causes.h"
#include "grader/report/sent.h"
#include "grader/report/text.h"

namespace grader::report {
namespace {

constexpr os::Bytes kPrintedLimit = os::KiB(2);

void AddLine(std::string& text, std::string_view label, const std::string& value) {
  if (!value.empty()) {
    text += fmt::format("{}: {}\n", label, value);
  }
}

std::string Explanation(const checks::Failure& failure) {
  std::string text;
  AddLine(text, "ran", failure.run);
  AddLine(text, "expected", failure.expected);
  AddLine(text, "happened", failure.happened);
  for (const std::string& fact : failure.facts) {
    text += fmt::format("- {}\n", fact);
  }
  AddLine(text, "look at", failure.location);
  return text;
}

}  // namespace

std::string ReplayToken(const Grading& grading, const GradedCheck& check) {
  if (check.result.replay.empty()) {
    return {};
  }
  return fmt::format("{}@{}/{}", check.info.id, grading.seed, check.result.replay);
}

std::string ReplayCommand(const Grading& grading, const GradedCheck& check) {
  const std::string& command = grading.subject.command;
  const bool hidden = check.info.id.empty() || check.info.visibility == checks::Visibility::kHidden;
  if (!hidden && !check.result.replay.empty()) {
    return fmt::format("{} --replay {}", command, ShellWord(ReplayToken(grading, check)));
  }
  const std::string only = hidden ? "" : " --only " + ShellWord(check.info.id);
  const std::string attempt =
      hidden || check.result.attempt == 0 ? "" : fmt::format(" --attempt {}", check.result.attempt);
  return fmt::format("{}{} --seed {}{}", command, only, grading.seed, attempt);
}

std::string Summary(const GradedCheck& check) {
  std::string summary;
  if (!check.result.failures.empty()) {
    const checks::Failure& failure = check.result.failures.front();
    summary = OneLine(failure.happened.empty() ? "not so: " + failure.expected : failure.happened);
  } else {
    summary = OneLine(check.result.reason);
  }
  if (!summary.empty()) {
    return summary;
  }
  return check.info.visibility == checks::Visibility::kHidden ? "The details of a hidden check are for instructors."
                                                              : "No details were recorded.";
}

std::string HintFor(const Grading& grading, const GradedCheck& check) {
  if (IsStoppedByABuild(grading, check)) {
    return {};
  }
  const auto& failures = check.result.failures;
  return failures.empty() || failures.front().hint.empty() ? check.info.hint : failures.front().hint;
}

std::string Explanation(const Grading& grading, const GradedCheck& check) {
  std::string text = check.info.title + "\n";
  if (check.verdict == Verdict::kFault) {
    text += fmt::format("{}\n", kNotYourFault);
  }
  if (check.result.failures.empty()) {
    text += Summary(check) + "\n";
  }
  for (const checks::Failure& failure : check.result.failures) {
    text += Explanation(failure);
  }
  if (!check.result.output.empty() && check.verdict == Verdict::kFailed) {
    text += "printed:\n" + Bounded(check.result.output, kPrintedLimit) + "\n";
  }
  if (!check.result.steps.empty()) {
    text += "step by step:\n" + check.result.steps;
  }
  if (const std::string name = SentName(grading, check); !name.empty()) {
    text += fmt::format("what was sent: {}, beside this report; send it with: {}\n", name, SendCommand(grading, check));
  }
  AddLine(text, "hint", check.verdict == Verdict::kFailed ? HintFor(grading, check) : "");
  AddLine(text, "see it again", ReplayCommand(grading, check));
  return text;
}

}  // namespace grader::report
