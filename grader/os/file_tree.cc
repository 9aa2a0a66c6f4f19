#include "grader/os/file_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <vector>

namespace grader::os {
namespace {

namespace fs = std::filesystem;

constexpr auto kReadable = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
constexpr auto kExecutable = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;

Fd OpenFolder(int parent, const char* name) noexcept {
  Fd folder(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  return folder;
}

std::vector<std::string> NamesIn(const Fd& folder) {
  Fd own = OpenFolder(folder.get(), ".");
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(own ? ::fdopendir(own.get()) : nullptr, ::closedir);
  std::vector<std::string> names;
  if (!directory) return names;
  static_cast<void>(own.Release());
  while (const dirent* entry = ::readdir(directory.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  return names;
}

bool RemoveOne(int folder, const std::string& name) noexcept {
  return ::unlinkat(folder, name.c_str(), 0) == 0 || ::unlinkat(folder, name.c_str(), AT_REMOVEDIR) == 0;
}

// Brings the folders in a folder of top up into top, and removes all else in it: so no depth costs descriptors or
// stack.
bool Flatten(const Fd& top, const std::string& name, unsigned& moved) {
  // Moving a folder changes its entry "..", so it must be writable too.
  ::fchmodat(top.get(), name.c_str(), S_IRWXU, 0);
  const Fd folder = OpenFolder(top.get(), name.c_str());
  if (!folder) return false;
  for (const std::string& inner : NamesIn(folder)) {
    if (RemoveOne(folder.get(), inner)) continue;
    ::fchmodat(folder.get(), inner.c_str(), S_IRWXU, 0);
    const std::string place = ".removed-" + std::to_string(moved++);
    if (::renameat(folder.get(), inner.c_str(), top.get(), place.c_str()) != 0) return false;
  }
  return RemoveOne(top.get(), name);
}

void Empty(const Fd& top) {
  unsigned moved = 0;
  for (bool progress = true; progress;) {
    progress = false;
    for (const std::string& name : NamesIn(top)) {
      progress = RemoveOne(top.get(), name) || Flatten(top, name, moved) || progress;
    }
  }
}

void CopyFile(const fs::path& from, const fs::path& to, Files files) {
  if (files == Files::kLinked) {
    std::error_code error;
    fs::create_hard_link(from, to, error);
    if (!error) return;
  }
  fs::copy_file(from, to);
  const bool executable = (fs::status(from).permissions() & fs::perms::owner_exec) != fs::perms::none;
  fs::permissions(to, kReadable | fs::perms::owner_write | (executable ? kExecutable : fs::perms::none));
}

}  // namespace

void RemoveTree(const Fd& folder, const std::string& name) noexcept {
  try {
    if (RemoveOne(folder.get(), name)) return;
    ::fchmodat(folder.get(), name.c_str(), S_IRWXU, 0);
    if (const Fd top = OpenFolder(folder.get(), name.c_str())) Empty(top);
    RemoveOne(folder.get(), name);
  } catch (const std::exception&) {
    // Out of memory: what is left is swept another time.
  }
}

void CopyTree(const std::string& from, const std::string& to, Files files) {
  const fs::path source = fs::canonical(from);
  if (!fs::is_directory(source)) return CopyFile(source, to, files);
  fs::create_directory(to);
  fs::permissions(to, kReadable | kExecutable | fs::perms::owner_write);
  for (const auto& entry : fs::recursive_directory_iterator(source)) {
    const fs::path place = to / entry.path().lexically_relative(source);
    if (entry.is_symlink()) continue;
    if (entry.is_directory()) {
      fs::create_directory(place);
      fs::permissions(place, kReadable | kExecutable | fs::perms::owner_write);
    } else if (entry.is_regular_file()) {
      CopyFile(entry.path(), place, files);
    }
  }
}

}  // namespace grader::os
