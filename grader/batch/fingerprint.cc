#include "grader/batch/fingerprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "grader/batch/archive.h"
#include "grader/build/digest.h"
#include "grader/build/scratch_folder.h"
#include "grader/report/text.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

void AddFolder(build::Digest& digest, const fs::path& root, const FingerprintBounds& bounds) {
  std::vector<fs::path> paths;
  std::uint64_t bytes = 0;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else {
      paths.push_back(entry->path());
      if (static_cast<int>(paths.size()) > bounds.entries) {
        throw RefusedArchive(fmt::format("it holds over {} files", bounds.entries));
      }
    }
  }
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    const auto status = fs::symlink_status(path);
    const auto name = path.lexically_relative(root).string();
    if (fs::is_symlink(status)) {
      digest.Add("link").Add(name).Add(fs::read_symlink(path).string());
    } else if (fs::is_regular_file(status)) {
      const auto size = fs::file_size(path);
      if (size > bounds.file_bytes) {
        throw RefusedArchive(fmt::format("it holds a file that is too large ({})", report::OneLine(name)));
      }
      bytes += size;
      if (bytes > bounds.bytes) throw RefusedArchive("it holds too much");
      const bool executable = (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
      digest.Add(executable ? "program" : "file").Add(name).Add(build::ReadWholeFile(path));
    }
  }
}

}  // namespace

std::string FingerprintOf(const fs::path& submission, const FingerprintBounds& bounds) {
  build::Digest digest;
  AddFolder(digest, submission, bounds);
  return digest.Hex();
}

std::string FingerprintOf(const course::Lab& lab, const fs::path& checks) {
  build::Digest digest;
  digest.Add(build::ReadWholeFile(checks));
  for (const char* file : {"lab.toml", "quiz.toml"}) {
    if (fs::exists(lab.folder / file)) digest.Add(file).Add(build::ReadWholeFile(lab.folder / file));
  }
  if (fs::exists(lab.folder / "probes")) AddFolder(digest, lab.folder / "probes", {});
  for (const auto& program : lab.programs) {
    for (const auto& header : program.given) digest.Add(header).Add(build::ReadWholeFile(lab.skeleton / header));
  }
  return digest.Hex();
}

}  // namespace grader::batch
