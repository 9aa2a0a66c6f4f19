#include "grader/observe/semaphore_name.h"

#include <dirent.h>

#include <cinttypes>
#include <cstdio>
#include <memory>
#include <sstream>

#include "grader/os/files.h"

namespace grader::observe {
namespace {

constexpr std::string_view kPrefix = "sem.";

struct CloseFolder {
  void operator()(DIR* folder) const { closedir(folder); }
};

// The file mapped at an address, if it lies in /dev/shm: its inode, or 0.
std::uint64_t SharedFileAt(pid_t host_tid, std::uint64_t address) {
  const auto maps = os::ReadFileAt(os::kHere, ("/proc/" + std::to_string(host_tid) + "/maps").c_str());
  std::istringstream lines(maps.value_or(""));
  for (std::string line; std::getline(lines, line);) {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    std::uint64_t inode = 0;
    const char* const format = "%" SCNx64 "-%" SCNx64 " %*s %*s %*s %" SCNu64;
    if (std::sscanf(line.c_str(), format, &start, &end, &inode) != 3) continue;
    if (start <= address && address < end) return line.find(" /dev/shm/") == line.npos ? 0 : inode;
  }
  return 0;
}

}  // namespace

std::string ReadSemaphoreName(pid_t host_tid, std::uint64_t address) {
  const std::uint64_t inode = SharedFileAt(host_tid, address);
  if (inode == 0) return "";
  // The path of the mapping will not do: glibc maps the file while it has a temporary name, and links it afterwards.
  const std::string path = "/proc/" + std::to_string(host_tid) + "/root/dev/shm";
  const std::unique_ptr<DIR, CloseFolder> folder(opendir(path.c_str()));
  while (const dirent* entry = folder ? readdir(folder.get()) : nullptr) {
    const std::string_view name = entry->d_name;
    if (entry->d_ino == inode && name.starts_with(kPrefix)) return "/" + std::string(name.substr(kPrefix.size()));
  }
  return "";
}

}  // namespace grader::observe
