#include "grader/observe/mapped_ranges.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "grader/os/files.h"

namespace grader::observe {
namespace {

// A line "START-END FLAGS OFFSET DEVICE INODE PATH".
struct Mapping {
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  bool shared = false;
  std::string_view path;
};

// Reads a hexadecimal number at the front of text and takes it off, together with the character behind it.
std::optional<std::uint64_t> TakeNumber(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (error != std::errc{} || end == text.data() + text.size()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

std::optional<Mapping> ReadLine(std::string_view line) {
  constexpr std::size_t kSharing = 3;       // in FLAGS: s or p
  const std::size_t path = line.find('/');  // the columns before it hold none
  Mapping mapping;
  if (path != std::string_view::npos) mapping.path = line.substr(path);
  const auto start = TakeNumber(line);
  const auto end = start ? TakeNumber(line) : std::nullopt;
  if (!end || line.size() <= kSharing) return std::nullopt;
  mapping.start = *start;
  mapping.end = *end;
  mapping.shared = line[kSharing] == 's';
  return mapping;
}

template <typename Visit>
void ForEachMapping(std::string_view maps, Visit visit) {
  while (!maps.empty()) {
    const std::size_t length = maps.find('\n');
    if (const auto mapping = ReadLine(maps.substr(0, length))) visit(*mapping);
    maps.remove_prefix(length == std::string_view::npos ? maps.size() : length + 1);
  }
}

}  // namespace

MappedRanges MappedRanges::OfFile(std::string_view maps, std::string_view path) {
  MappedRanges found;
  ForEachMapping(maps, [&](const Mapping& mapping) {
    if (!path.empty() && mapping.path == path) found.ranges_.push_back({mapping.start, mapping.end});
  });
  return found;
}

MappedRanges MappedRanges::Shared(std::string_view maps) {
  MappedRanges found;
  ForEachMapping(maps, [&](const Mapping& mapping) {
    if (mapping.shared) found.ranges_.push_back({mapping.start, mapping.end});
  });
  return found;
}

bool MappedRanges::Contains(std::uint64_t address) const {
  return std::ranges::any_of(ranges_,
                             [=](const Range& range) { return range.start <= address && address < range.end; });
}

TaskRanges TaskRanges::Of(pid_t host_tid) {
  const auto folder = "/proc/" + std::to_string(host_tid);
  const auto maps = os::ReadFileAt(os::kHere, (folder + "/maps").c_str());
  if (!maps) return {};
  std::error_code unreadable;
  const auto executable = std::filesystem::read_symlink(folder + "/exe", unreadable);
  return {MappedRanges::OfFile(*maps, executable.native()), MappedRanges::Shared(*maps)};
}

}  // namespace grader::observe
