#include "grader/observe/leftovers.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/syscall.h>

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

// The kind of System V object a call makes or removes; null for other calls.
const char* SystemVKind(int number) {
  switch (number) {
    case SYS_shmget:
    case SYS_shmctl:
      return "shared memory";
    case SYS_semget:
    case SYS_semctl:
      return "semaphore set";
    case SYS_msgget:
    case SYS_msgctl:
      return "message queue";
    default:
      return nullptr;
  }
}

bool Creates(int number) { return number == SYS_shmget || number == SYS_semget || number == SYS_msgget; }

}  // namespace

LeftoverWatch::LeftoverWatch(sandbox::Sandbox& sandbox) {
  constexpr std::pair<const char*, LeftoverKind> kFolders[] = {{"/dev/shm", LeftoverKind::kSharedMemory},
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

std::vector<Leftover> LeftoverWatch::Find(const std::vector<Call>& calls) const {
  std::vector<Leftover> found;
  for (const Folder& folder : folders_) {
    for (const std::string& name : List(folder.fd)) {
      if (!folder.before.contains(name)) found.push_back({folder.kind, folder.name + "/" + name});
    }
  }
  for (Leftover& object : LeftoverObjects(calls)) found.push_back(std::move(object));
  return found;
}

std::vector<Leftover> LeftoverObjects(const std::vector<Call>& calls) {
  std::set<std::pair<std::string, std::int64_t>> system_v;
  std::set<std::string> queues;
  for (const Call& call : calls) {
    if (!call.returned || call.result < 0) continue;
    if (const char* const kind = SystemVKind(call.number)) {
      if (Creates(call.number)) {
        system_v.emplace(kind, call.result);
      } else {
        system_v.erase({kind, static_cast<std::int64_t>(call.arguments[0])});
      }
    } else if (call.number == SYS_mq_open && (call.arguments[1] & O_CREAT) != 0) {
      queues.insert(call.subject);
    } else if (call.number == SYS_mq_unlink) {
      queues.erase(call.subject);
    }
  }
  std::vector<Leftover> found;
  for (const std::string& name : queues) found.push_back({LeftoverKind::kMessageQueue, "/dev/mqueue/" + name});
  for (const auto& [kind, id] : system_v) found.push_back({LeftoverKind::kSystemV, fmt::format("{} {}", kind, id)});
  return found;
}

}  // namespace grader::observe
