#include "grader/checks/work_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "grader/os/file_owner.h"
#include "grader/os/files.h"

namespace grader::checks {
namespace {

void ThrowUnless(bool done, const std::string& what) {
  if (!done) throw std::system_error(errno, std::generic_category(), what);
}

// A regular file below the folder, or none.
std::optional<os::Fd> OpenRegular(const os::Fd& folder, const std::string& path, struct stat& status) {
  try {
    os::Fd file = os::OpenBeneath(folder, path.c_str());
    if (fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode)) return file;
  } catch (const std::system_error&) {
    return std::nullopt;  // no such file, or one that leads elsewhere
  }
  return std::nullopt;
}

}  // namespace

WorkFolder::WorkFolder(sandbox::Sandbox& sandbox) : work_(sandbox.OpenInside("/work")) {
  struct stat status {};
  ThrowUnless(fstat(work_.get(), &status) == 0, "stat /work");
  user_ = status.st_uid;
  group_ = status.st_gid;
}

void WorkFolder::PutFolder(const std::string& path) {
  const os::ActingAsFileOwner owner(user_, group_);
  ThrowUnless(mkdirat(work_.get(), path.c_str(), 0755) == 0, "mkdir /work/" + path);
}

void WorkFolder::PutFile(const std::string& path, std::string_view bytes) {
  const os::ActingAsFileOwner owner(user_, group_);
  const os::Fd file(openat(work_.get(), path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
  ThrowUnless(bool(file), "create /work/" + path);
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    ThrowUnless(written >= 0, "write /work/" + path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void WorkFolder::PutLink(const std::string& path, const std::string& target) {
  const os::ActingAsFileOwner owner(user_, group_);
  ThrowUnless(symlinkat(target.c_str(), work_.get(), path.c_str()) == 0, "symlink /work/" + path);
}

void WorkFolder::PutPipe(const std::string& path) {
  const os::ActingAsFileOwner owner(user_, group_);
  ThrowUnless(mkfifoat(work_.get(), path.c_str(), 0644) == 0, "mkfifo /work/" + path);
}

std::optional<std::string> WorkFolder::Read(const std::string& path) const {
  struct stat status {};
  const auto file = OpenRegular(work_, path, status);
  return file ? os::ReadAgain(*file) : std::nullopt;
}

std::optional<std::uint64_t> WorkFolder::Size(const std::string& path) const {
  struct stat status {};
  if (!OpenRegular(work_, path, status)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

std::set<std::string> WorkFolder::Names(const std::string& path) const {
  std::set<std::string> names;
  try {
    os::Fd folder = os::OpenBeneath(work_, path.c_str());
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(folder.Release()), closedir);
    if (!entries) return names;
    while (const dirent* entry = readdir(entries.get())) {
      const std::string name = entry->d_name;
      if (name != "." && name != "..") names.insert(name);
    }
  } catch (const std::system_error&) {
    return names;  // no such folder
  }
  return names;
}

}  // namespace grader::checks
