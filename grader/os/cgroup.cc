#include "grader/os/cgroup.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <vector>

#include "grader/os/files.h"

namespace grader::os {
namespace {

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(separator));
    parts.push_back(part);
    text.remove_prefix(std::min(text.size(), part.size() + 1));
  }
  return parts;
}

bool Lists(std::string_view commas, std::string_view word) { return std::ranges::count(Split(commas, ','), word) > 0; }

// A line is "4:memory:/path", of version 2 "0::/path".
std::optional<std::string_view> PathIn(std::string_view cgroup, std::string_view controller) {
  for (const auto line : Split(cgroup, '\n')) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string_view::npos) continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    if (controller.empty() ? controllers.empty() : Lists(controllers, controller)) return line.substr(second + 1);
  }
  return std::nullopt;
}

struct Mount {
  std::string_view root;  // of the file system, shown at point
  std::string_view point;
};

// A line is "36 35 0:28 /root /point options [tags] - type source super-options" (proc(5)).
std::optional<Mount> MountOf(std::string_view mount_info, std::string_view controller) {
  for (const auto line : Split(mount_info, '\n')) {
    const auto dash = line.find(" - ");
    if (dash == std::string_view::npos) continue;
    const auto before = Split(line.substr(0, dash), ' ');
    const auto after = Split(line.substr(dash + 3), ' ');
    if (before.size() < 5 || after.size() < 3) continue;
    const bool fits = controller.empty() ? after[0] == "cgroup2" : after[0] == "cgroup" && Lists(after[2], controller);
    if (fits) return Mount{before[3], before[4]};
  }
  return std::nullopt;
}

// A lock on the folder that cgroups are made in. It belongs to an open file of its own (flock(2)).
class ParentLock {
 public:
  ParentLock(const Fd& parent, int operation)
      : folder_(::openat(parent.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (folder_ && ::flock(folder_.get(), operation) != 0) {
      if (errno != EINTR) folder_.Close();
    }
  }

  bool held() const { return static_cast<bool>(folder_); }

 private:
  Fd folder_;
};

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

std::optional<std::string> FindCgroup(std::string_view cgroup, std::string_view mount_info,
                                      std::string_view controller) {
  auto path = PathIn(cgroup, controller);
  const auto mount = MountOf(mount_info, controller);
  if (!path || !mount) return std::nullopt;
  if (mount->root != "/") {
    // Part of the hierarchy is mounted; our place must be in that part.
    if (!path->starts_with(mount->root)) return std::nullopt;
    path->remove_prefix(mount->root.size());
    if (!path->empty() && path->front() != '/') return std::nullopt;
  }
  // Outside the cgroup namespace's root (cgroup_namespaces(7)).
  if (path->starts_with("/..")) return std::nullopt;
  return std::string(mount->point) + std::string(*path == "/" ? "" : *path);
}

std::optional<std::string> OwnCgroup(std::string_view controller) {
  const auto cgroup = ReadFileAt(kHere, "/proc/self/cgroup");
  const auto mounts = ReadFileAt(kHere, "/proc/self/mountinfo");
  if (!cgroup || !mounts) return std::nullopt;
  return FindCgroup(*cgroup, *mounts, controller);
}

Fd MakeCgroup(const Fd& parent, const std::string& name) {
  // Until it is locked itself a sweep would take it for an abandoned one.
  const ParentLock no_sweep(parent, LOCK_SH);
  if (::mkdirat(parent.get(), name.c_str(), 0755) != 0) ThrowErrno(("mkdir of cgroup " + name).c_str());
  Fd cgroup = OpenAt(parent.get(), name.c_str(), O_RDONLY | O_DIRECTORY);
  if (::flock(cgroup.get(), LOCK_EX | LOCK_NB) != 0) ThrowErrno(("flock of cgroup " + name).c_str());
  return cgroup;
}

Errno RemoveCgroup(const Fd& parent, const std::string& name) noexcept {
  return ::unlinkat(parent.get(), name.c_str(), AT_REMOVEDIR) == 0 ? 0 : errno;
}

void SweepCgroups(const Fd& parent, std::string_view prefix) {
  const ParentLock nobody_makes_one(parent, LOCK_EX | LOCK_NB);
  if (!nobody_makes_one.held()) return;  // the next grader sweeps
  const int again = ::openat(parent.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (again < 0) return;
  const std::unique_ptr<DIR, CloseFolder> folder(::fdopendir(again));
  if (!folder) return;
  while (const dirent* entry = ::readdir(folder.get())) {
    const std::string name = entry->d_name;
    if (!name.starts_with(prefix)) continue;
    const Fd cgroup(::openat(parent.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!cgroup || ::flock(cgroup.get(), LOCK_EX | LOCK_NB) != 0) continue;
    // If something lives in it still, the next sweep comes.
    static_cast<void>(RemoveCgroup(parent, name));
  }
}

Errno WriteControl(const Fd& cgroup, const char* file, std::string_view text) noexcept {
  return WriteFileAt(cgroup.get(), file, text);
}

std::optional<std::uint64_t> ReadControl(const Fd& cgroup, const char* file, std::string_view key) {
  const auto text = ReadFileAt(cgroup.get(), file);
  if (!text) return std::nullopt;
  for (std::string_view line : Split(*text, '\n')) {
    if (!key.empty()) {
      if (!line.starts_with(key) || line.substr(key.size(), 1) != " ") continue;
      line.remove_prefix(key.size() + 1);
    }
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
    if (error == std::errc()) return value;
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace grader::os
