#pragma once

#include <string>

#include "grader/report/causes.h"
#include "grader/report/grading.h"
#include "grader/report/page.h"
#include "grader/report/terminal.h"

namespace grader::report {

// The part of the terminal's report about all that did not pass: faults of ours, programs that did not build, failed
// checks (the first ones explained), skipped ones. Checks that failed of one cause are told together.
class Unpassed {
 public:
  // All must outlive it.
  Unpassed(const Grading& grading, const TerminalOptions& options, Page& page)
      : grading_(grading), options_(options), page_(page) {}

  void Write();

 private:
  bool Full() const { return options_.detail == Detail::kFull; }
  std::size_t Limit(std::size_t brief) const { return Full() ? std::string::npos : brief; }

  void Faults();
  void Builds();
  void FailedBuild(const checks::BuildReport& build);
  void Failures();
  void Explain(const Cause& cause);
  void Explain(const checks::Failure& failure, const std::string& run_before);
  void InShort(const Cause& cause);
  void Skipped();

  const Grading& grading_;
  const TerminalOptions& options_;
  Page& page_;
  bool short_ = false;  // the failures from here on are told in short
};

}  // namespace grader::report
