#pragma once

#include <string>
#include <vector>

namespace grader::lms {

// One file of a pack.
struct PackFile {
  enum class Mode { kPlain, kExecutable };
  std::string name;  // relative, with '/'
  std::string text;
  Mode mode = Mode::kPlain;
};

enum class ArchiveKind { kZip, kTar, kTarGz };

// The bytes of an archive with these files, the same for the same files. Throws std::runtime_error.
std::string Packed(const std::vector<PackFile>& files, ArchiveKind kind);

}  // namespace grader::lms
