// Writes archives as nobody should, for tests of those who read them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader::batch::testing {

struct ArchiveEntry {
  enum class Kind { kFile, kFolder, kSymlink, kHardLink, kFifo, kDevice, kSparse };  // kSparse: 1 TiB of holes
  std::string name;
  std::string content = {};  // or the link's target
  Kind kind = Kind::kFile;
};

enum class ArchiveFormat { kTarGz, kPax, kZip, kUtf8Zip, kEncryptedZip };  // kPax, kUtf8Zip: say that names are UTF-8

// The entries in their order, with the names as they are.
void WriteArchive(const std::filesystem::path& file, ArchiveFormat format, const std::vector<ArchiveEntry>& entries);

}  // namespace grader::batch::testing
