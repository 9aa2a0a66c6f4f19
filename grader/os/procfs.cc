#include "grader/os/procfs.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

#include "grader/os/files.h"

namespace grader::os {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};
using Folder = std::unique_ptr<DIR, CloseFolder>;

constexpr std::size_t kMostDescendants = 8192;

template <typename Number>
std::optional<Number> ToNumber(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// The next word of a line; rest keeps what follows.
std::string_view NextWord(std::string_view& rest) {
  const auto start = rest.find_first_not_of(" \n\t");
  if (start == std::string_view::npos) return rest = {};
  rest.remove_prefix(start);
  const auto word = rest.substr(0, rest.find_first_of(" \n\t"));
  rest.remove_prefix(word.size());
  return word;
}

std::chrono::nanoseconds Ticks(std::string_view text) {
  static const auto kTick = std::chrono::nanoseconds(std::chrono::seconds(1)) / ::sysconf(_SC_CLK_TCK);
  return kTick * ToNumber<std::int64_t>(text).value_or(0);
}

std::vector<std::string> NamesIn(int at, const std::string& path) {
  std::vector<std::string> names;
  const int fd = ::openat(at, path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return names;
  const Folder folder(::fdopendir(fd));
  if (!folder) {
    ::close(fd);
    return names;
  }
  while (const dirent* entry = ::readdir(folder.get())) names.emplace_back(entry->d_name);
  return names;
}

template <typename Number>
std::vector<Number> NumbersIn(int at, const std::string& path) {
  std::vector<Number> numbers;
  for (const std::string& name : NamesIn(at, path)) {
    if (const auto number = ToNumber<Number>(name)) numbers.push_back(*number);
  }
  return numbers;
}

}  // namespace

std::optional<ProcessStat> ParseStat(std::string_view text) {
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || open < 1 || close < open) {
    return std::nullopt;
  }
  const auto pid = ToNumber<pid_t>(text.substr(0, open - 1));
  // Fields by their numbers in proc(5); the first after the name is field 3.
  std::array<std::string_view, 53> field{};
  std::string_view rest = text.substr(close + 1);
  for (std::size_t number = 3; number < field.size(); ++number) field[number] = NextWord(rest);
  if (!pid || field[3].size() != 1 || field[20].empty()) return std::nullopt;
  ProcessStat stat;
  stat.pid = *pid;
  stat.name = text.substr(open + 1, close - open - 1);
  stat.state = field[3].front();
  stat.parent = ToNumber<pid_t>(field[4]).value_or(0);
  stat.user_time = Ticks(field[14]);
  stat.system_time = Ticks(field[15]);
  stat.waited_children_time = Ticks(field[16]) + Ticks(field[17]);
  stat.threads = ToNumber<int>(field[20]).value_or(0);
  return stat;
}

std::optional<ProcessStat> ReadStat(const Fd& proc, const std::string& task) {
  const auto text = ReadFileAt(proc.get(), (task + "/stat").c_str());
  return text ? ParseStat(*text) : std::nullopt;
}

std::optional<std::string> StatusField(std::string_view status, std::string_view field) {
  while (!status.empty()) {
    const auto line = status.substr(0, status.find('\n'));
    status.remove_prefix(std::min(status.size(), line.size() + 1));
    if (!line.starts_with(field) || line.substr(field.size(), 1) != ":") continue;
    const auto value = line.substr(field.size() + 1);
    const auto start = value.find_first_not_of(" \t");
    return std::string(start == std::string_view::npos ? "" : value.substr(start));
  }
  return std::nullopt;
}

std::optional<ScheduleStat> ParseScheduleStat(std::string_view text) {
  const auto ran = ToNumber<std::int64_t>(NextWord(text));
  const auto waited = ToNumber<std::int64_t>(NextWord(text));
  const auto slices = ToNumber<std::uint64_t>(NextWord(text));
  if (!ran || !waited || !slices) return std::nullopt;
  return ScheduleStat{std::chrono::nanoseconds(*ran), std::chrono::nanoseconds(*waited), *slices};
}

std::optional<ScheduleStat> ReadScheduleStat(const Fd& proc, const std::string& task) {
  const auto text = ReadFileAt(proc.get(), (task + "/schedstat").c_str());
  return text ? ParseScheduleStat(*text) : std::nullopt;
}

std::optional<Bytes> ReadResidentMemory(const Fd& proc, pid_t pid) {
  const auto text = ReadFileAt(proc.get(), (std::to_string(pid) + "/statm").c_str());
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  NextWord(rest);
  const auto pages = ToNumber<std::uint64_t>(NextWord(rest));
  if (!pages) return std::nullopt;
  return Bytes{*pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))};
}

std::vector<pid_t> Processes(const Fd& proc) { return NumbersIn<pid_t>(proc.get(), "."); }

std::vector<pid_t> Threads(const Fd& proc, pid_t pid) {
  return NumbersIn<pid_t>(proc.get(), std::to_string(pid) + "/task");
}

std::vector<pid_t> WithDescendants(const Fd& proc, pid_t pid) {
  std::vector<pid_t> found = {pid};
  for (std::size_t next = 0; next < found.size() && found.size() < kMostDescendants; ++next) {
    const std::string tasks = std::to_string(found[next]) + "/task/";
    for (const pid_t thread : Threads(proc, found[next])) {
      const auto text = ReadFileAt(proc.get(), (tasks + std::to_string(thread) + "/children").c_str());
      std::string_view rest = text ? std::string_view(*text) : std::string_view();
      while (const auto child = ToNumber<pid_t>(NextWord(rest))) found.push_back(*child);
    }
  }
  return found;
}

std::vector<OpenFile> OpenFiles(const Fd& proc, pid_t pid) {
  std::vector<OpenFile> files;
  const std::string folder = std::to_string(pid) + "/fd";
  for (const int number : NumbersIn<int>(proc.get(), folder)) {
    char link[4096];
    const ssize_t size = ::readlinkat(proc.get(), (folder + "/" + std::to_string(number)).c_str(), link, sizeof link);
    if (size > 0) files.push_back({number, std::string(link, static_cast<std::size_t>(size))});
  }
  return files;
}

Fd OpenProc() { return OpenAt(kHere, "/proc", O_RDONLY | O_DIRECTORY); }

}  // namespace grader::os
