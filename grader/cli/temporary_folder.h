#pragma once

#include <filesystem>
#include <string>
#include <utility>

namespace grader::cli {

// A folder below the system's temporary one, for us alone, removed with all that is in it. Move-only.
class TemporaryFolder {
 public:
  // Its name begins with `name`. Throws std::system_error.
  explicit TemporaryFolder(const std::string& name);
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;  // empty: moved from
};

}  // namespace grader::cli
