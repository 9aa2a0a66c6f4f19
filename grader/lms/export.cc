#include "grader/lms/export.h"

#include <array>
#include <stdexcept>
#include <utility>

#include "grader/lms/annotations.h"
#include "grader/lms/autolab.h"
#include "grader/lms/classroom.h"
#include "grader/lms/gradescope.h"
#include "grader/lms/prairielearn.h"
#include "grader/report/junit.h"

namespace grader::lms {
namespace {

constexpr std::array<std::pair<const char*, Format>, 8> kFormats = {{
    {"gradescope", Format::kGradescope},
    {"prairielearn", Format::kPrairielearn},
    {"autolab", Format::kAutolab},
    {"vpl", Format::kVpl},
    {"github", Format::kGithub},
    {"annotations", Format::kAnnotations},
    {"gitlab", Format::kGitlab},
    {"jenkins", Format::kJenkins},
}};

}  // namespace

std::vector<std::string> FormatNames() {
  std::vector<std::string> names;
  for (const auto& [name, format] : kFormats) names.emplace_back(name);
  return names;
}

Format FormatOf(std::string_view wanted) {
  for (const auto& [name, format] : kFormats) {
    if (wanted == name) return format;
  }
  throw std::invalid_argument("no format is called so");
}

std::string Exported(Format format, const report::Grading& grading, const VplScale& scale) {
  switch (format) {
    case Format::kGradescope:
      return GradescopeJson(grading);
    case Format::kPrairielearn:
      return PrairielearnJson(grading);
    case Format::kAutolab:
      return AutolabLines(grading);
    case Format::kVpl:
      return VplLines(grading, scale);
    case Format::kGithub:
      return ClassroomJson(grading);
    case Format::kAnnotations:
      return Annotations(grading);
    case Format::kGitlab:
      return report::JunitXml(grading, {.dialect = report::JunitDialect::kRich});
    case Format::kJenkins:
      break;
  }
  return report::JunitXml(grading, {.dialect = report::JunitDialect::kStrict});
}

}  // namespace grader::lms
