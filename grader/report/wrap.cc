#include "grader/report/wrap.h"

#include <utf8.h>

#include <algorithm>
#include <iterator>
#include <span>

namespace grader::report {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// The blocks of combining marks, variation selectors and joiners that programs really print.
constexpr Range kZeroWidth[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},   {0x64b, 0x65f},   {0x670, 0x670},
    {0x6d6, 0x6dc},   {0x93c, 0x93c},   {0x94d, 0x94d},   {0xe31, 0xe31},   {0xe34, 0xe3a},   {0xe47, 0xe4e},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200c, 0x200d}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
};

// Wide and fullwidth of East Asian Width, with the emoji that are shown as pictures by default.
constexpr Range kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},
    {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},
    {0x2693, 0x2693},   {0x26a1, 0x26a1},   {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},
    {0x26ce, 0x26ce},   {0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
    {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},
    {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},
    {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0xa4cf},   {0xa960, 0xa97f},
    {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},
    {0x16fe0, 0x18aff}, {0x1b000, 0x1b2ff}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f200, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f7e0, 0x1f7eb}, {0x1f900, 0x1f9ff},
    {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

bool Within(std::span<const Range> ranges, char32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c, [](char32_t x, Range r) { return x < r.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

int WidthOf(char32_t c) {
  if (c < 0x300) {
    return 1;
  }
  return Within(kZeroWidth, c) ? 0 : Within(kWide, c) ? 2 : 1;
}

// The longest beginning of `text` that fits into `width` columns; at least one code point.
std::string_view Fitting(std::string_view text, int width) {
  int used = 0;
  auto at = text.begin();
  while (at != text.end()) {
    auto next = at;
    used += WidthOf(utf8::unchecked::next(next));
    if (used > width && at != text.begin()) {
      break;
    }
    at = next;
  }
  return text.substr(0, static_cast<std::size_t>(at - text.begin()));
}

void WrapLine(std::string_view line, int width, std::vector<std::string>& out) {
  const std::size_t first = std::min(line.find_first_not_of(' '), line.size());
  const bool deep = static_cast<int>(first) >= width;
  while (DisplayWidth(line) > width) {
    std::string_view piece = Fitting(line, width);
    // A blank just behind the piece ends a word as well as one inside it.
    const std::size_t blank = line.substr(0, piece.size() + 1).rfind(' ');
    if (blank != std::string_view::npos && blank > first && !deep) {
      piece = line.substr(0, blank);
    }
    out.emplace_back(piece.substr(0, piece.find_last_not_of(' ') + 1));
    line.remove_prefix(piece.size());
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.empty()) {
      return;
    }
  }
  out.emplace_back(line);
}

}  // namespace

int DisplayWidth(std::string_view text) {
  int width = 0;
  for (auto at = text.begin(); at != text.end();) {
    width += WidthOf(utf8::unchecked::next(at));
  }
  return width;
}

std::string Clipped(std::string_view line, int width) {
  if (DisplayWidth(line) <= width) {
    return std::string(line);
  }
  return std::string(Fitting(line, std::max(width - 1, 1))) + "…";
}

std::vector<std::string> Lines(std::string_view text) {
  text = text.substr(0, text.find_last_not_of('\n') + 1);
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<std::string> Wrapped(std::string_view text, int width) {
  std::vector<std::string> out;
  for (const std::string& line : Lines(text)) {
    WrapLine(line, std::max(width, 1), out);
  }
  if (out.empty()) {
    out.emplace_back();
  }
  return out;
}

}  // namespace grader::report
