#include "grader/observe/own_code.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>

#include "grader/os/files.h"

namespace grader::observe {
namespace {

// Reads a hexadecimal number at the front of text and takes it off, together with the character behind it.
std::optional<std::uint64_t> TakeNumber(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (error != std::errc{} || end == text.data() + text.size()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return number;
}

}  // namespace

OwnCode::OwnCode(std::string_view maps, std::string_view executable) {
  while (!maps.empty() && !executable.empty()) {
    const std::size_t length = maps.find('\n');
    std::string_view line = maps.substr(0, length);
    maps.remove_prefix(length == std::string_view::npos ? maps.size() : length + 1);
    const std::size_t path = line.find('/');  // the columns before it hold none
    if (path == std::string_view::npos || line.substr(path) != executable) continue;
    const auto start = TakeNumber(line);
    const auto end = start ? TakeNumber(line) : std::nullopt;
    if (end) ranges_.push_back({*start, *end});
  }
}

OwnCode OwnCode::Of(pid_t host_tid) {
  const auto folder = "/proc/" + std::to_string(host_tid);
  const auto maps = os::ReadFileAt(os::kHere, (folder + "/maps").c_str());
  std::error_code unreadable;
  const auto executable = std::filesystem::read_symlink(folder + "/exe", unreadable);
  if (!maps || unreadable) return {};
  return {*maps, executable.native()};
}

bool OwnCode::Contains(std::uint64_t address) const {
  return std::ranges::any_of(ranges_,
                             [=](const Range& range) { return range.start <= address && address < range.end; });
}

}  // namespace grader::observe
