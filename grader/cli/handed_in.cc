#include "grader/cli/handed_in.h"

#include <iostream>

#include "grader/batch/archive.h"
#include "grader/batch/intake.h"
#include "grader/cli/errors.h"
#include "grader/report/text.h"

namespace grader::cli {

namespace fs = std::filesystem;

Submission FindHandedIn(const course::Lab& lab, const std::optional<std::string>& typed, const fs::path& directory,
                        const fs::path& scratch) {
  try {
    return FindSubmission(lab, typed, directory);
  } catch (const UsageError&) {
    std::error_code none;
    if (!typed || !fs::is_directory(directory / *typed, none)) throw;
  }
  const fs::path folder = fs::canonical(directory / *typed);
  try {
    return {batch::FolderToGrade({.student = {}, .source = folder}, lab, scratch), *typed};
  } catch (const batch::RefusedArchive& refusal) {
    std::cerr << "grade: " << report::OneLine(refusal.what()) << '\n';
    return {folder, *typed};
  }
}

}  // namespace grader::cli
