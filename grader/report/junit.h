#pragma once

#include <string>

#include "grader/report/grading.h"

namespace grader::report {

// kStrict validates against the schemas of both Jenkins and Ant. kRich adds what many readers understand and both
// schemas reject: file, line, properties and system-out of a testcase, time zone and milliseconds.
enum class JunitDialect { kStrict, kRich };

struct JunitOptions {
  JunitDialect dialect = JunitDialect::kStrict;
  Audience audience = Audience::kStudent;
};

// A whole XML document, UTF-8, well formed whatever bytes the grading holds. docs/reports.md describes it.
std::string JunitXml(const Grading& grading, const JunitOptions& options = {});

}  // namespace grader::report
