#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace grader::schedule {

// The lines of a submission's files, to be quoted. Names come from debug information, and so from the student: only
// plain files inside the folder are read, without following links.
class SourceLines {
 public:
  // An empty folder has no lines.
  explicit SourceLines(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The line without the blanks around it, cut where it is long; empty if it cannot be had.
  std::string At(const std::string& file, int line);

 private:
  const std::vector<std::string>& LinesOf(const std::string& file);

  std::filesystem::path folder_;
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace grader::schedule
