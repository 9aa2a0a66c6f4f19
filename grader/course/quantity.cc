#include "grader/course/quantity.h"

#include <array>
#include <charconv>
#include <cstdint>

namespace grader::course {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t size;
};

constexpr std::array kTimeUnits = {Unit{"ms", 1}, Unit{"s", 1000}, Unit{"min", 60'000}, Unit{"h", 3'600'000}};
constexpr std::array kByteUnits = {Unit{"KiB", 1LL << 10}, Unit{"MiB", 1LL << 20}, Unit{"GiB", 1LL << 30}};
constexpr std::int64_t kMostUnits = 1'000'000;  // keeps every product within 64 bits

template <typename Units>
std::optional<std::int64_t> Parse(std::string_view text, const Units& units) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number <= 0 || number > kMostUnits) return std::nullopt;
  const std::string_view name = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : units) {
    if (unit.name == name) return number * unit.size;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  const auto milliseconds = Parse(text, kTimeUnits);
  if (!milliseconds) return std::nullopt;
  return std::chrono::milliseconds(*milliseconds);
}

std::optional<os::Bytes> ParseBytes(std::string_view text) {
  const auto bytes = Parse(text, kByteUnits);
  if (!bytes) return std::nullopt;
  return os::Bytes{static_cast<std::uint64_t>(*bytes)};
}

}  // namespace grader::course
