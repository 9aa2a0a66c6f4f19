// What did not pass, one card for each cause.
#pragma once

#include <string>

#include "grader/report/causes.h"
#include "grader/report/html.h"

namespace grader::report {

enum class Picture { kDrawn, kLeftOut };

struct CardOptions {
  std::string anchor;  // its id in the page
  Picture picture = Picture::kDrawn;
};

void PutFailure(Html& html, const Grading& grading, const Cause& cause, const CardOptions& options);
void PutUndecided(Html& html, const Grading& grading, const Cause& cause, const std::string& anchor);
void PutFailedBuild(Html& html, const Grading& grading, const checks::BuildReport& build);

}  // namespace grader::report
