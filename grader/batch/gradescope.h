#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace grader::batch {

// What Gradescope's export tells of one submission.
struct GradescopeSubmission {
  std::string id;  // of the student, as the school knows it (sid); else the e-mail address
  std::string name;
  std::string email;
  std::optional<std::chrono::sys_seconds> created;
};

// By the submission's folder: "submission_123". Reads the few keys it needs of submission_metadata.yml, which is
// written by a program: two spaces for a level, one key a line. The first of several submitters counts. Throws
// InputError if the file cannot be read.
std::map<std::string, GradescopeSubmission> ReadGradescope(const std::filesystem::path& file);

}  // namespace grader::batch
