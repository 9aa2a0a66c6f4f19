#include "grader/observe/task_files.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

#include "grader/observe/task_memory.h"
#include "grader/os/proc_text.h"
#include "grader/sandbox/places.h"

namespace grader::observe {
namespace {

std::string Path(pid_t task, const std::string& name) { return "/proc/" + std::to_string(task) + "/" + name; }

std::string ReadText(pid_t task, const std::string& name) { return os::ReadOnce(Path(task, name)); }

// The text after "name:" in a status file, up to the end of its line.
std::string_view Field(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + 1)) {
    const std::size_t colon = at + name.size();
    if ((at == 0 || text[at - 1] == '\n') && colon < text.size() && text[colon] == ':') {
      const std::string_view rest = text.substr(colon + 1);
      return rest.substr(0, rest.find('\n'));
    }
  }
  return {};
}

std::uint64_t Number(std::string_view text) { return std::strtoull(std::string(text).c_str(), nullptr, 10); }

// The last of several ids: the one in the innermost pid namespace.
pid_t Innermost(std::string_view ids) {
  const std::size_t blank = ids.find_last_of(" \t");
  return static_cast<pid_t>(Number(blank == ids.npos ? ids : ids.substr(blank + 1)));
}

}  // namespace

std::optional<TaskIdentity> ReadIdentity(pid_t host_tid) {
  const std::string status = ReadText(host_tid, "status");
  if (status.empty()) return std::nullopt;
  TaskIdentity identity;
  identity.host_tid = host_tid;
  identity.host_tgid = static_cast<pid_t>(Number(Field(status, "Tgid")));
  identity.host_parent = static_cast<pid_t>(Number(Field(status, "PPid")));
  identity.tid = Innermost(Field(status, "NSpid"));
  identity.pid = Innermost(Field(status, "NStgid"));
  return identity;
}

std::optional<TaskCounters> ReadCounters(pid_t host_tid) { return ParseCounters(ReadText(host_tid, "schedstat")); }

std::optional<TaskCounters> ParseCounters(const std::string& text) {
  unsigned long long run = 0, wait = 0, slices = 0;
  if (std::sscanf(text.c_str(), "%llu %llu %llu", &run, &wait, &slices) != 3) return std::nullopt;
  return TaskCounters{std::chrono::nanoseconds(run), std::chrono::nanoseconds(wait), slices};
}

std::string ReadCallText(pid_t host_tid) { return ReadText(host_tid, "syscall"); }

char ReadState(pid_t host_tid) {
  // The name before it may hold anything, brackets too.
  const std::string stat = ReadText(host_tid, "stat");
  const std::size_t bracket = stat.rfind(')');
  return bracket == stat.npos || bracket + 2 >= stat.size() ? 'X' : stat[bracket + 2];
}

std::uint64_t ReadVoluntarySwitches(pid_t host_tid) {
  return Number(Field(ReadText(host_tid, "status"), "voluntary_ctxt_switches"));
}

std::vector<OpenDescriptor> ReadDescriptors(pid_t host_tid) {
  const std::string folder = Path(host_tid, "fd");
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(folder.c_str()), closedir);
  std::vector<OpenDescriptor> descriptors;
  if (!directory) return descriptors;
  while (const dirent* entry = readdir(directory.get())) {
    if (entry->d_name[0] == '.') continue;
    descriptors.push_back(
        {std::atoi(entry->d_name), sandbox::WithoutBases(os::ReadLink(folder + "/" + entry->d_name))});
  }
  std::sort(descriptors.begin(), descriptors.end(), [](auto& a, auto& b) { return a.number < b.number; });
  return descriptors;
}

std::string ReadDescriptorTarget(pid_t host_tid, int descriptor) {
  return os::ReadLink(Path(host_tid, "fd/" + std::to_string(descriptor)));
}

ino_t ReadDescriptorInode(pid_t host_tid, int descriptor) {
  struct stat status {};
  const std::string path = Path(host_tid, "fd/" + std::to_string(descriptor));
  return stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

std::string ReadProgram(pid_t host_tid) { return sandbox::WithoutBases(os::ReadLink(Path(host_tid, "exe"))); }

std::vector<pid_t> ReadChildren(pid_t host_pid) {
  const std::string text = ReadText(host_pid, "task/" + std::to_string(host_pid) + "/children");
  std::vector<pid_t> children;
  const char* at = text.c_str();
  for (char* end = nullptr;; at = end) {
    const long child = std::strtol(at, &end, 10);
    if (end == at) return children;
    children.push_back(static_cast<pid_t>(child));
  }
}

std::string ReadString(pid_t host_tid, std::uint64_t address) {
  // A read must not cross into a page that is not there.
  constexpr std::uint64_t kPage = 4096;
  constexpr std::size_t kBound = 256;
  std::string text;
  while (text.size() < kBound) {
    std::array<char, kBound> buffer;
    const std::uint64_t from = address + text.size();
    const std::size_t size = std::min<std::uint64_t>(kBound - text.size(), kPage - from % kPage);
    if (ReadMemory(host_tid, from, std::as_writable_bytes(std::span(buffer).first(size))) != size) break;
    const std::size_t length = strnlen(buffer.data(), size);
    text.append(buffer.data(), length);
    if (length < size) break;
  }
  return text;
}

}  // namespace grader::observe
