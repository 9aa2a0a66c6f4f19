#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

namespace grader::batch {

// What one student handed in, as it was found.
struct HandIn {
  std::string student;    // the id: the roster's, or else what the folder or archive is called after
  std::string name = {};  // as the download tells it
  std::string email = {};
  std::filesystem::path source;                            // a folder or an archive
  std::optional<std::chrono::sys_seconds> handed_in = {};  // if that is told by something better than a file's date
  bool marked_late = false;                                // by the LMS, which does not say how late
  std::string problem = {};  // why it cannot be graded: one sentence for the student; empty if it can
};

}  // namespace grader::batch
