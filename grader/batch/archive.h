// Archives that students hand in (libarchive). They are hostile until proved otherwise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>

namespace grader::batch {

// Why a hand-in, mostly an archive, is not taken: one sentence part about it, for the student and the instructor: "it
// holds a link (src/a.cpp)".
class RefusedArchive : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ArchiveBounds {
  std::uint64_t bytes = 64 << 20;  // of all files together, unpacked
  std::uint64_t file_bytes = 16 << 20;
  int entries = 2000;
  int depth = 16;  // folders within folders
};

// By its name: .zip, .tar, .tgz, .tar.gz, .tar.xz, .tar.bz2, .tar.zst, .7z; in capitals or not.
bool IsArchive(const std::filesystem::path& file);

// Unpacks the plain files of `archive` into `folder`, which exists and is empty: modes 0644, folders 0755, times now.
// What a desktop adds by itself (__MACOSX, .DS_Store) is left out. Throws RefusedArchive for what is damaged, encrypted
// or too large, and for absolute names, "..", links, devices, names with control characters or backslashes, and two
// entries of one name (also in other capitals, or with accents composed otherwise); then folder is emptied. Throws
// std::system_error if the archive cannot be read or the machine cannot write.
void Unpack(const std::filesystem::path& archive, const std::filesystem::path& folder,
            const ArchiveBounds& bounds = {});

}  // namespace grader::batch
