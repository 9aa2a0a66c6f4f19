#pragma once

#include <filesystem>
#include <string>

#include "grader/report/html_class.h"

namespace grader::batch {

// Writes report.json, report.html, trace.json, and what did harm (report/sent.h), into a student's folder, as the
// student may see them. Returns what the class page says of the grading, hidden checks included. `json` is
// StoredResult::json; `folder` is students/<id> of the results. Throws report::ReportError, std::invalid_argument if
// that is no report.
report::ClassRow WriteStudentPage(const std::filesystem::path& folder, const std::string& json);

}  // namespace grader::batch
