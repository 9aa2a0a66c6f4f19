#include "grader/observe/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <memory>
#include <system_error>
#include <utility>

#include "grader/os/files.h"

namespace grader::observe {
namespace {

// Names in a folder, whoever holds it.
std::set<std::string> List(const os::Fd& folder) {
  os::Fd own = os::OpenAt(folder.get(), ".", O_DIRECTORY | O_NOFOLLOW);
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(fdopendir(own.Release()), closedir);
  std::set<std::string> names;
  if (!directory) return names;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.insert(name);
  }
  return names;
}

}  // namespace

LeftoverWatch::LeftoverWatch(sandbox::Sandbox& sandbox) {
  constexpr std::pair<const char*, LeftoverKind> kFolders[] = {{"/dev/shm", LeftoverKind::kSharedMemory},
                                                               {"/dev/mqueue", LeftoverKind::kMessageQueue},
                                                               {"/tmp", LeftoverKind::kTemporaryFile},
                                                               {"/work", LeftoverKind::kTemporaryFile}};
  for (const auto& [name, kind] : kFolders) {
    Folder& folder = folders_.emplace_back();
    folder.name = name;
    folder.kind = kind;
    folder.fd = sandbox.OpenInside(name);
    folder.before = List(folder.fd);
  }
}

std::optional<std::string> LeftoverWatch::Collect(const std::string& name, os::Bytes most) const {
  try {
    const os::Fd file = os::OpenBeneath(folders_.back().fd, name.c_str());
    struct stat status {};
    const bool readable = fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode) &&
                          static_cast<std::uint64_t>(status.st_size) <= most.count;
    return readable ? os::ReadAgain(file) : std::nullopt;
  } catch (const std::system_error&) {
    return std::nullopt;  // no such file, or one that leads elsewhere
  }
}

std::vector<Leftover> LeftoverWatch::Find(const SystemVObjects& system_v) const {
  std::vector<Leftover> found;
  for (const Folder& folder : folders_) {
    for (const std::string& name : List(folder.fd)) {
      if (!folder.before.contains(name)) found.push_back({folder.kind, folder.name + "/" + name});
    }
  }
  for (const std::string& name : system_v.Names()) found.push_back({LeftoverKind::kSystemV, name});
  return found;
}

}  // namespace grader::observe
