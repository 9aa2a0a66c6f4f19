#include "grader/batch/fingerprint.h"

#include <algorithm>
#include <vector>

#include "grader/build/digest.h"
#include "grader/build/scratch_folder.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

void AddFolder(build::Digest& digest, const fs::path& root) {
  std::vector<fs::path> paths;
  for (fs::recursive_directory_iterator entry(root), end; entry != end; ++entry) {
    if (entry->path().filename().string().starts_with('.')) {
      entry.disable_recursion_pending();
    } else {
      paths.push_back(entry->path());
    }
  }
  std::ranges::sort(paths);
  for (const auto& path : paths) {
    const auto status = fs::symlink_status(path);
    const auto name = path.lexically_relative(root).string();
    if (fs::is_symlink(status)) {
      digest.Add("link").Add(name).Add(fs::read_symlink(path).string());
    } else if (fs::is_regular_file(status)) {
      const bool executable = (status.permissions() & fs::perms::owner_exec) != fs::perms::none;
      digest.Add(executable ? "program" : "file").Add(name).Add(build::ReadWholeFile(path));
    }
  }
}

}  // namespace

std::string FingerprintOf(const fs::path& submission) {
  build::Digest digest;
  AddFolder(digest, submission);
  return digest.Hex();
}

std::string FingerprintOf(const course::Lab& lab, const fs::path& checks) {
  build::Digest digest;
  digest.Add(build::ReadWholeFile(checks));
  for (const char* file : {"lab.toml", "quiz.toml"}) {
    if (fs::exists(lab.folder / file)) digest.Add(file).Add(build::ReadWholeFile(lab.folder / file));
  }
  if (fs::exists(lab.folder / "probes")) AddFolder(digest, lab.folder / "probes");
  for (const auto& program : lab.programs) {
    for (const auto& header : program.given) digest.Add(header).Add(build::ReadWholeFile(lab.skeleton / header));
  }
  return digest.Hex();
}

}  // namespace grader::batch
