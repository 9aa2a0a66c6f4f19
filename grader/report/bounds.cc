#include "grader/report/bounds.h"

#include <fmt/format.h>

#include "grader/report/text.h"

namespace grader::report {
namespace {

// What was cut before, and read back from a report, has the words about that besides: it is not cut again.
constexpr std::size_t kWordsAboutCut = 48;
constexpr std::size_t kFactsAboutCut = 2;

void Cut(std::string& text, os::Bytes limit) {
  if (text.size() > limit.count + kWordsAboutCut) {
    text = Bounded(text, limit);
  }
}

void Cut(checks::Failure& failure) {
  Cut(failure.expected, kTextLimit);
  Cut(failure.happened, kTextLimit);
  Cut(failure.run, kNameLimit);
  Cut(failure.location, kNameLimit);
  Cut(failure.hint, kTextLimit);
  if (failure.facts.size() > kFactLimit + kFactsAboutCut) {
    const std::size_t left_out = failure.facts.size() - kFactLimit;
    failure.facts.resize(kFactLimit);
    failure.facts.push_back(fmt::format("… {} more", left_out));
  }
  for (std::string& fact : failure.facts) {
    Cut(fact, kTextLimit);
  }
}

void Cut(checks::CheckInfo& info) {
  Cut(info.id, kNameLimit);
  Cut(info.title, kNameLimit);
  Cut(info.hint, kTextLimit);
  Cut(info.file, kNameLimit);
  for (std::string& need : info.needs) {
    Cut(need, kNameLimit);
  }
}

void Cut(checks::CheckResult& result) {
  Cut(result.id, kNameLimit);
  if (result.failures.size() > kFailureLimit) {
    const std::size_t left_out = result.failures.size() - kFailureLimit;
    result.failures.resize(kFailureLimit);
    result.failures.back().facts.push_back(fmt::format("… {} more failures of this check", left_out));
  }
  for (checks::Failure& failure : result.failures) {
    Cut(failure);
  }
  Cut(result.reason, kTextLimit);
  Cut(result.output, kOutputLimit);
  Cut(result.bound, kTextLimit);
  Cut(result.replay, kTextLimit);
  Cut(result.steps, kOutputLimit);
  if (result.sent.bytes.size() > kSentLimit.count) {
    result.sent = {};
  }
}

void Cut(checks::BuildReport& build) {
  Cut(build.program, kNameLimit);
  Cut(build.summary, kTextLimit);
  Cut(build.messages, kOutputLimit);
}

void Cut(Subject& subject) {
  for (std::string* text : {&subject.lab, &subject.title, &subject.submission, &subject.command, &subject.version,
                            &subject.machine.host, &subject.machine.system, &subject.machine.kernel}) {
    Cut(*text, kNameLimit);
  }
  for (std::string& pattern : subject.only) {
    Cut(pattern, kNameLimit);
  }
}

}  // namespace

Grading WithBounds(Grading grading) {
  Cut(grading.subject);
  Cut(grading.isolation, kNameLimit);
  for (checks::BuildReport& build : grading.builds) {
    Cut(build);
  }
  for (GradedCheck& check : grading.checks) {
    Cut(check.info);
    Cut(check.result);
  }
  for (std::string& fault : grading.faults) {
    Cut(fault, kTextLimit);
  }
  return grading;
}

}  // namespace grader::report
