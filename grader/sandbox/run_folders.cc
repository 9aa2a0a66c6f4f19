#include "grader/sandbox/run_folders.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "grader/os/errno.h"
#include "grader/os/files.h"
#include "grader/sandbox/places.h"

namespace grader::sandbox {
namespace {

namespace fs = std::filesystem;

const fs::path kTop = fs::path(kRunFolders).parent_path();

os::Fd OpenFolder(const fs::path& path) {
  return os::Fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

bool Lock(const os::Fd& folder) { return ::flock(folder.get(), LOCK_EX | LOCK_NB) == 0; }

bool IsOwn(const os::Fd& folder) {
  struct stat status {};
  return ::fstat(folder.get(), &status) == 0 && status.st_uid == ::geteuid();
}

// Between its making and its locking a sweeper may have taken it for a dead one's.
bool IsStillThere(const os::Fd& folder, const std::string& path) {
  struct stat held {
  }, named{};
  return ::fstat(folder.get(), &held) == 0 && ::lstat(path.c_str(), &named) == 0 && held.st_ino == named.st_ino;
}

void SweepDead() {
  const os::Fd top = OpenFolder(kTop);
  std::error_code error;
  for (fs::directory_iterator at(kTop, error), end; !error && at != end; at.increment(error)) {
    if (!at->path().native().starts_with(kRunFolders)) continue;
    const os::Fd folder = OpenFolder(at->path());
    if (folder && IsOwn(folder) && Lock(folder)) os::RemoveTree(top, at->path().filename());
  }
}

void MakeFolder(const std::string& path, Slots::Ids ids) {
  if (::mkdir(path.c_str(), 0755) != 0) os::ThrowErrno(("mkdir " + path).c_str());
  if (::chown(path.c_str(), ids.user, ids.group) != 0) os::ThrowErrno(("chown " + path).c_str());
}

// /dev/shm and /dev/mqueue of the machine are out of a sandbox's reach; what stands for them stays empty.
void MakePrivateFolders(const std::string& base, Slots::Ids ids) {
  if (::mkdir((base + "/dev").c_str(), 0755) != 0) os::ThrowErrno("mkdir dev");
  for (const char* folder : kPrivateFolders) MakeFolder(PlaceOf(base, folder), ids);
}

}  // namespace

RunFolders::RunFolders() {
  ::umask(022);
  SweepDead();
  do {
    path_ = std::string(kRunFolders) + "XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) os::ThrowErrno(("mkdtemp " + path_).c_str());
    folder_ = OpenFolder(path_);
  } while (!folder_ || !Lock(folder_) || !IsStillThere(folder_, path_));
  if (::chmod(path_.c_str(), 0711) != 0) os::ThrowErrno(("chmod " + path_).c_str());
}

RunFolders::~RunFolders() { os::RemoveTree(OpenFolder(kTop), fs::path(path_).filename()); }

std::string RunFolders::Make(std::uint64_t slot, Slots::Ids ids, const Files& files, os::Files how) {
  const std::string base = path_ + "/" + std::to_string(slot);
  if (::mkdir(base.c_str(), 0755) != 0) os::ThrowErrno(("mkdir " + base).c_str());
  MakePrivateFolders(base, ids);
  for (const View& view : files.views) {
    const fs::path place = PlaceOf(base, view.inside.native());
    fs::create_directories(place.parent_path());
    os::CopyTree(view.host, place, how);
  }
  return base;
}

bool RunFolders::IsRead(std::uint64_t slot) const noexcept {
  const std::string base = path_ + "/" + std::to_string(slot);
  return std::ranges::any_of(kPrivateFolders, [&](const char* place) {
    // What its owner has closed to everybody is not read either.
    const os::Fd folder = OpenFolder(PlaceOf(base, place));
    return folder && !Lock(folder);
  });
}

void RunFolders::Remove(std::uint64_t slot) noexcept { os::RemoveTree(folder_, std::to_string(slot)); }

}  // namespace grader::sandbox
