#include "grader/batch/stored_result.h"

#include "grader/report/json.h"
#include "grader/report/junit.h"
#include "grader/report/terminal.h"

namespace grader::batch {

StoredResult ResultOf(const report::Grading& grading, int attempts) {
  const auto points = report::PointsOf(grading);
  return {.seed = grading.seed,
          .points = points.earned,
          .total = points.total,
          .fault = report::OverallOf(grading) == report::Overall::kFault,
          .attempts = attempts,
          .json = report::JsonText(grading, report::Audience::kInstructor),
          .junit = report::JunitXml(grading),
          .text = report::TerminalText(grading, {.sent_folder = ""})};
}

}  // namespace grader::batch
