#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "grader/checks/check_context.h"
#include "grader/checks/check_record.h"
#include "grader/checks/event_writer.h"
#include "grader/checks/registry.h"

namespace grader::checks {

// Runs checks one after the other with GoogleTest and sends what comes of each at once. One per process, as GoogleTest
// is.
class CheckRunner {
 public:
  CheckRunner(CheckContext& context, EventWriter& events) : context_(context), events_(events) {}

  // In their order. A check one of whose needs did not pass is skipped; a need that is not among these counts as
  // passed.
  void RunAll(const std::vector<RegisteredCheck>& checks);

  // For GoogleTest: a new object of the check, its record made; one without a body if it is skipped.
  std::unique_ptr<LabCheck> Make(const RegisteredCheck& check);

  const CheckInfo& info(const std::string& id) const { return checks_.at(id)->info; }
  const CheckRecord& record(const std::string& id) const { return records_.at(id); }

  // Why failures prove nothing here, as the reason of a skipped check; empty if they do.
  std::string WhyUnfair();

  void Begin(const std::string& id);
  void End(CheckResult result);

 private:
  std::string UnmetNeed(const CheckInfo& info) const;
  std::string MissingIsolation(const LabCheck& check) const;

  CheckContext& context_;
  EventWriter& events_;
  std::map<std::string, const RegisteredCheck*> checks_;
  std::map<std::string, CheckRecord> records_;
  std::optional<std::string> why_unfair_;
  std::map<std::string, CheckStatus> statuses_;  // of those that have ended
};

}  // namespace grader::checks
