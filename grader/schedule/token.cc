#include "grader/schedule/token.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace grader::schedule {
namespace {

constexpr Strategy kStrategies[] = {Strategy::kFair, Strategy::kRandomWalk, Strategy::kPct,          Strategy::kPos,
                                    Strategy::kSurw, Strategy::kDirected,   Strategy::kDelayBounded, Strategy::kPrefix};
constexpr std::size_t kFields = 7;

// "0x12-1-0": thread 0 twelve times, then 1, then 0.
std::string PathText(const std::vector<ThreadNumber>& path) {
  std::string text;
  for (std::size_t i = 0; i < path.size();) {
    std::size_t same = i;
    while (same < path.size() && path[same] == path[i]) ++same;
    text += fmt::format("{}{}", text.empty() ? "" : "-", path[i]);
    if (same - i > 1) text += fmt::format("x{}", same - i);
    i = same;
  }
  return text;
}

template <typename T>
bool Read(std::string_view text, T& value, int base = 10) {
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, value, base);
  return error == std::errc() && read == end;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool ReadPath(std::string_view text, std::vector<ThreadNumber>& path) {
  for (const std::string_view part : Split(text, '-')) {
    const auto cross = part.find('x');
    ThreadNumber thread = 0;
    std::size_t times = 1;
    if (!Read(part.substr(0, cross), thread) || thread < 0) return false;
    if (cross != std::string_view::npos && !Read(part.substr(cross + 1), times)) return false;
    if (times > kMostChoices - path.size()) return false;
    path.insert(path.end(), times, thread);
  }
  return true;
}

bool ReadStrategy(std::string_view text, Strategy& strategy) {
  for (const Strategy known : kStrategies) {
    if (NameOf(known) != text) continue;
    strategy = known;
    return true;
  }
  return false;
}

}  // namespace

std::uint32_t Folded(std::uint64_t hash) { return static_cast<std::uint32_t>(hash ^ (hash >> 32)); }

std::uint32_t ProgramDigest(const std::filesystem::path& executable) {
  std::ifstream in(executable, std::ios::binary);
  // FNV-1a (Fowler, Noll, Vo), 64 bits.
  std::uint64_t hash = 0xcbf29ce484222325;
  for (std::istreambuf_iterator<char> at(in), end; at != end; ++at) {
    hash = (hash ^ static_cast<unsigned char>(*at)) * 0x100000001b3;
  }
  if (in.bad() || !in.is_open()) throw std::runtime_error("cannot read " + executable.string());
  return Folded(hash);
}

std::string ToText(const Token& token) {
  const Recipe& recipe = token.recipe;
  std::string text = fmt::format("{}.{}.{:x}.{}.{:x}.{:08x}.{:08x}", kVersion, NameOf(recipe.strategy), recipe.options,
                                 recipe.depth, recipe.seed, token.hash, token.program);
  if (!recipe.prefix.empty()) text += "." + PathText(recipe.prefix);
  return text;
}

std::optional<Token> TokenFromText(const std::string& text) {
  const auto parts = Split(text, '.');
  if (parts.size() != kFields && parts.size() != kFields + 1) return std::nullopt;
  Token token;
  Recipe& recipe = token.recipe;
  std::uint32_t version = 0;
  const bool read = Read(parts[0], version) && version == kVersion && ReadStrategy(parts[1], recipe.strategy) &&
                    Read(parts[2], recipe.options, 16) && Read(parts[3], recipe.depth) &&
                    Read(parts[4], recipe.seed, 16) && Read(parts[5], token.hash, 16) &&
                    Read(parts[6], token.program, 16) &&
                    (parts.size() == kFields || ReadPath(parts[kFields], recipe.prefix));
  constexpr std::uint32_t kRecording = kRecordSteps | kRecordChoices;
  if (!read || (recipe.options & kRecording) != 0) return std::nullopt;
  return token;
}

}  // namespace grader::schedule
