#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "grader/build/compiler.h"

namespace grader::build {

// Where one student's builds are kept: a folder per set of inputs, made whole under another name first. Only the grader
// writes here; sandboxes see single files of it, read-only. Of many entries, those that nobody used for longest go.
class Cache {
 public:
  // root/<hash of the submission's real path>. Throws std::system_error.
  Cache(const std::filesystem::path& root, const std::filesystem::path& submission);

  // For what every student may share, as it is made of the same files by the course: root/shared.
  explicit Cache(const std::filesystem::path& root);

  // A new folder on the same file system.
  const std::filesystem::path& folder() const { return folder_; }

  // What was kept for these inputs, the executable's bytes apart. An entry that is not as it was written is removed.
  std::optional<Compiled> Find(const std::string& key) const;

  // Keeps the result, unless somebody else just did.
  void Keep(const std::string& key, const Inputs& inputs, const Compiled& compiled) const;

  // The executable, or the folder of Python files, of an entry that was built.
  std::filesystem::path Artefact(const std::string& key, const Target& target, Language language) const;

 private:
  void Sweep() const;

  std::filesystem::path folder_;
  std::size_t most_;  // entries
};

// The same for the same inputs and compiler, and for no others.
std::string KeyOf(const Inputs& inputs);

}  // namespace grader::build
