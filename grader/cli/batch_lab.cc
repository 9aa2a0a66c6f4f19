#include "grader/cli/batch_lab.h"

#include <fmt/format.h>

#include "grader/batch/batch.h"
#include "grader/batch/results.h"
#include "grader/cli/checks_run.h"
#include "grader/cli/errors.h"
#include "grader/cli/grading_plan.h"

namespace grader::cli {

BatchLab::BatchLab(const Context& context, const std::string& lab)
    : context_(context),
      installation_(FindInstallation(context.caller)),
      course_(course::LoadCourse(installation_.course_root)),
      lab_(course::FindLab(course_, lab)),
      cache_(context.caller.environment) {}

std::optional<report::Grading> BatchLab::Judge(const std::filesystem::path& folder, std::uint64_t seed,
                                               const os::Termination& termination) const {
  const GradingWishes wishes{.cache = cache_.path(),
                             .command = fmt::format("{} {} {}", context_.program_elsewhere, ShortName(lab_), lab_.id),
                             .only = {},
                             .seed = seed};
  const ChecksRun run = PlanGrading(installation_, course_, lab_, {folder, lab_.id}, wishes);
  const auto ignore = [](const auto&) {};
  try {
    return GradeWith(run, termination, {ignore, ignore});
  } catch (const Interrupted&) {
    return std::nullopt;
  }
}

void BatchLab::WriteReports(const batch::Store& store, const std::filesystem::path& results) const {
  const batch::BatchOrder order{.course = course_,
                                .lab = lab_,
                                .checks = checks(),
                                .hand_ins = {},
                                .results = results,
                                .roster = store.KeptRoster()};
  batch::WriteResults(order, store.Entries(), store);
}

}  // namespace grader::cli
