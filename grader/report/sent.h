// What was sent to a program and did it harm, as files beside the reports.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/report/grading.h"

namespace grader::report {

// "lab17-http.Safety.SurvivesMalformedRequests.bytes"; empty if the check keeps nothing, or too much for a report.
std::string SentName(const Grading& grading, const GradedCheck& check);

// How to send it again, the file being in `folder` (empty: the current one); empty if there is none.
std::string SendCommand(const Grading& grading, const GradedCheck& check, const std::filesystem::path& folder = {});

// Writes each into `folder`, whole or not at all; a link or pipe that has such a name is replaced, not followed. What
// belongs to hidden checks is for instructors. Throws ReportError.
void WriteSent(const Grading& grading, Audience audience, const std::filesystem::path& folder);

}  // namespace grader::report
