#include "grader/checks/check_runner.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "grader/checks/errors.h"
#include "grader/checks/fairness.h"
#include "grader/checks/lab_check.h"
#include "grader/checks/result_listener.h"

namespace grader::checks {
namespace {

constexpr const char* kSuite = "Checks";  // one for all: GoogleTest would group them by suite and so change their order

class SkippedCheck : public LabCheck {
  void Body() override {}
};

// GoogleTest also reads its environment; what runs is decided by the assignment alone.
void InitGoogleTest() {
  for (const char* name :
       {"GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", "GTEST_SHARD_STATUS_FILE", "TEST_PREMATURE_EXIT_FILE"}) {
    unsetenv(name);
  }
  GTEST_FLAG_SET(output, "");
  GTEST_FLAG_SET(filter, "*");
  GTEST_FLAG_SET(repeat, 1);
  GTEST_FLAG_SET(shuffle, false);
  GTEST_FLAG_SET(fail_fast, false);
  GTEST_FLAG_SET(break_on_failure, false);
  GTEST_FLAG_SET(throw_on_failure, false);
  GTEST_FLAG_SET(also_run_disabled_tests, true);
  ::testing::InitGoogleTest();
}

}  // namespace

void CheckRunner::RunAll(const std::vector<RegisteredCheck>& checks) {
  InitGoogleTest();
  for (const auto& check : checks) {
    checks_[check.info.id] = &check;
    ::testing::RegisterTest(
        kSuite, check.info.id.c_str(), nullptr, nullptr, check.info.file.c_str(), check.info.line,
        [this, &check]() -> ::testing::Test* { return Make(check).release(); });  // owned by GoogleTest
  }
  auto& listeners = ::testing::UnitTest::GetInstance()->listeners();
  const std::unique_ptr<::testing::TestEventListener> printer(listeners.Release(listeners.default_result_printer()));
  const auto listener = std::make_unique<ResultListener>(*this);
  listeners.Append(listener.get());
  [[maybe_unused]] const int status = RUN_ALL_TESTS();  // what came of them has been sent
  listeners.Release(listener.get());
}

std::unique_ptr<LabCheck> CheckRunner::Make(const RegisteredCheck& check) {
  auto& record = records_[check.info.id];
  std::unique_ptr<LabCheck> made = check.make();
  record.skipped = UnmetNeed(check.info);
  if (record.skipped.empty()) record.skipped = MissingIsolation(*made);
  if (!record.skipped.empty()) made = std::make_unique<SkippedCheck>();
  made->context_ = &context_;
  made->record_ = &record;
  made->id_ = check.info.id;
  return made;
}

std::string CheckRunner::MissingIsolation(const LabCheck& check) const {
  const sandbox::Tier tier = context_.spawner().tier().tier;
  for (const sandbox::Need need : check.Isolation()) {
    if (!sandbox::Gives(tier, need)) return sandbox::WhyNot(tier, need);
  }
  return {};
}

std::string CheckRunner::WhyUnfair() {
  if (why_unfair_) return *why_unfair_;
  const sandbox::Tier tier = context_.spawner().tier().tier;
  why_unfair_.emplace();
  for (const build::Target& target : context_.assignment().programs) {
    if (tier == sandbox::Tier::kFull || !why_unfair_->empty()) break;
    try {
      const build::Program& program =
          target.runtime.empty() ? context_.Program(target.name) : context_.ScheduledProgram(target.name);
      *why_unfair_ = checks::WhyUnfair(program.host, tier);
    } catch (const BuildFailedError&) {
      // What is not there uses nothing.
    }
  }
  return *why_unfair_;
}

void CheckRunner::Begin(const std::string& id) { events_.Send(CheckStarted{id}); }

void CheckRunner::End(CheckResult result) {
  statuses_[result.id] = result.status;
  events_.Send(std::move(result));
}

std::string CheckRunner::UnmetNeed(const CheckInfo& info) const {
  for (const auto& need : info.needs) {
    const auto status = statuses_.find(need);
    if (status == statuses_.end() || status->second == CheckStatus::kPassed) continue;
    return "needs \"" + checks_.at(need)->info.title + "\" (" + need + ") to pass first";
  }
  return {};
}

}  // namespace grader::checks
