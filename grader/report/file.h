#pragma once

#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace grader::report {

// A report could not be written. One line: the path, why, and what to do. An older report at that path is as it was.
class ReportError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws ReportError if a report at `path` is sure to fail; to be asked before the grading, which takes its time.
// Changes nothing.
void EnsureWritable(const std::filesystem::path& path);

// Puts `text` at `path`, whole or not at all: written to a temporary name beside it, synced, renamed. Symbolic links
// are followed; what is no regular file (/dev/stdout, a pipe) is simply written to. Throws ReportError.
void WriteReport(const std::filesystem::path& path, std::string_view text);

// The same, and whatever is at `path` is replaced: no link is followed, no pipe is written to.
void ReplaceFile(const std::filesystem::path& path, std::string_view text);

}  // namespace grader::report
