// One reader of what others wrote: students, their programs, an instructor's editor.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace grader::fuzz {

// Gives it these bytes. What it throws, besides the refusals that its contract names, is a bug; so is what Require()
// finds.
void Try(std::string_view bytes);

// Ends the process, saying so, if a promise is broken.
void Require(bool kept, const std::string& promise);

// A file with these bytes in a folder of this process's own, which is removed at its end.
class InputFile {
 public:
  explicit InputFile(const std::string& name);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  void Write(std::string_view bytes) const;
  const std::filesystem::path& path() const { return path_; }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
  std::filesystem::path path_;
};

}  // namespace grader::fuzz
