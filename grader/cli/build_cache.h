#pragma once

#include <filesystem>
#include <optional>

#include "grader/cli/temporary_folder.h"
#include "grader/report/style.h"

namespace grader::cli {

// Where built submissions are kept from one grading to the next.
class BuildCache {
 public:
  // $XDG_CACHE_HOME/grade/submissions, else ~/.cache/grade/submissions; where neither can be made, a folder that lives
  // as long as this object.
  explicit BuildCache(const report::Environment& environment);

  const std::filesystem::path& path() const { return path_; }

 private:
  std::optional<TemporaryFolder> temporary_;
  std::filesystem::path path_;
};

}  // namespace grader::cli
