#include "grader/build/scratch_folder.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "grader/os/errno.h"
#include "grader/os/fd.h"
#include "grader/os/files.h"

namespace grader::build {
namespace {

namespace fs = std::filesystem;

constexpr fs::perms kReadable = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr fs::perms kFolder = fs::perms::owner_all | kReadable | fs::perms::group_exec | fs::perms::others_exec;

}  // namespace

ScratchFolder::ScratchFolder(const fs::path& parent) {
  auto name = (parent / ".scratch-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) os::ThrowErrno(name.c_str());
  path_ = name;
  fs::permissions(path_, kFolder);
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  if (path_.empty()) return;
  std::error_code ignored;  // what is left is swept with the cache
  fs::remove_all(path_, ignored);
}

bool ScratchFolder::MoveTo(const fs::path& to) {
  if (rename(path_.c_str(), to.c_str()) == 0) {
    path_.clear();
    return true;
  }
  if (errno != EEXIST && errno != ENOTEMPTY) os::ThrowErrno(to.c_str());
  return false;
}

void WriteFile(const fs::path& path, const std::string& content, fs::perms mode) {
  const os::Fd file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file) os::ThrowErrno(path.c_str());
  for (std::size_t done = 0; done < content.size();) {
    const auto n = write(file.get(), content.data() + done, content.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) os::ThrowErrno(path.c_str());
    done += static_cast<std::size_t>(n);
  }
  if (fchmod(file.get(), static_cast<mode_t>(mode)) != 0) os::ThrowErrno(path.c_str());
}

void WriteFiles(const fs::path& folder, const std::vector<SourceFile>& files) {
  fs::create_directories(folder);
  fs::permissions(folder, kFolder);
  for (const auto& file : files) {
    auto parent = folder;
    for (const auto& part : fs::path(file.name).parent_path()) {
      parent /= part;
      fs::create_directory(parent);
      fs::permissions(parent, kFolder);  // whatever the umask is
    }
    WriteFile(folder / file.name, file.content, kReadable);
  }
}

std::string ReadWholeFile(const fs::path& path) {
  const auto file = os::OpenAt(os::kHere, path.c_str(), O_NOFOLLOW);
  auto content = os::ReadAgain(file);
  if (!content) os::ThrowErrno(path.c_str());
  return std::move(*content);
}

}  // namespace grader::build
