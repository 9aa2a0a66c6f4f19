#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/build/source_files.h"

namespace grader::build {

// A new folder that is removed with all its content on destruction, unless it was moved elsewhere. Move-only.
class ScratchFolder {
 public:
  // parent/.scratch-XXXXXX, readable by everybody, as the sandbox's user must see it. Throws std::system_error.
  explicit ScratchFolder(const std::filesystem::path& parent);

  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();

  const std::filesystem::path& path() const { return path_; }

  // Renames it to `to`, which keeps it. False if there is something already. Throws std::system_error.
  bool MoveTo(const std::filesystem::path& to);

 private:
  std::filesystem::path path_;  // empty: moved
};

// Writes files below folder, making folders as needed. Readable by everybody, executable if mode says so. Throws
// std::system_error, with a remedy if the disk is full.
void WriteFiles(const std::filesystem::path& folder, const std::vector<SourceFile>& files);
void WriteFile(const std::filesystem::path& path, const std::string& content, std::filesystem::perms mode);

// The content of a file of the grader's own. Throws std::system_error.
std::string ReadWholeFile(const std::filesystem::path& path);

}  // namespace grader::build
