// Archives that students hand in.
#include "grader/batch/archive.h"

#include "tests/fuzz/target.h"

namespace grader::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr batch::ArchiveBounds kBounds{.bytes = 1 << 20, .file_bytes = 1 << 18, .entries = 50, .depth = 4};

void RequireHarmless(const fs::path& folder) {
  std::uintmax_t sum = 0;
  int entries = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto status = entry.symlink_status();
    Require(fs::is_regular_file(status) || fs::is_directory(status), "only files and folders are unpacked");
    if (fs::is_regular_file(status)) {
      sum += entry.file_size();
      ++entries;
      const auto odd = fs::perms::set_uid | fs::perms::set_gid | fs::perms::owner_exec;
      Require((status.permissions() & odd) == fs::perms::none, "no file may be executed");
    }
  }
  Require(sum <= kBounds.bytes && entries <= kBounds.entries, "archives are bounded");
}

}  // namespace

void Try(std::string_view bytes) {
  static const InputFile file("in/hand-in.zip");
  file.Write(bytes);
  const fs::path folder = file.folder() / "unpacked";
  fs::create_directory(folder);
  try {
    batch::Unpack(file.path(), folder, kBounds);
    RequireHarmless(folder);
  } catch (const batch::RefusedArchive& refused) {
    Require(fs::is_empty(folder), "nothing of a refused archive is left");
    Require(!std::string_view(refused.what()).empty(), "a refusal has a reason");
  }
  Require(std::distance(fs::directory_iterator(file.folder()), {}) == 2, "nothing is unpacked beside the folder");
  if (!fs::is_empty(folder)) fs::remove_all(folder);  // else it serves again: much faster on some disks
}

}  // namespace grader::fuzz
