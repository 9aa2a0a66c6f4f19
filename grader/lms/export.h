// One grading in the words of a learning platform or of a CI service.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/lms/vpl.h"
#include "grader/report/grading.h"

namespace grader::lms {

enum class Format { kGradescope, kPrairielearn, kAutolab, kVpl, kGithub, kAnnotations, kGitlab, kJenkins };

// Their names on the command line: "gradescope", "prairielearn", ...
std::vector<std::string> FormatNames();

// Throws std::invalid_argument if there is no such format.
Format FormatOf(std::string_view name);

// The whole file, as the platform reads it and a student may: hidden checks are anonymous, texts of the submission are
// made harmless and bounded. A grading with a fault has no score in any of them.
std::string Exported(Format format, const report::Grading& grading, const VplScale& scale = {});

}  // namespace grader::lms
