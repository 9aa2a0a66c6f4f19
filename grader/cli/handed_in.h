#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "grader/cli/submission.h"

namespace grader::cli {

// The folder that a platform hands over: as FindSubmission, but the program may also lie further down in it, or in the
// only archive there, which is unpacked in `scratch`, an empty folder. Where there is none, or the archive is refused,
// the reason is said on standard error and the folder itself is graded: whoever handed it in is to get a result. Throws
// UsageError if it is no folder.
Submission FindHandedIn(const course::Lab& lab, const std::optional<std::string>& typed,
                        const std::filesystem::path& directory, const std::filesystem::path& scratch);

}  // namespace grader::cli
