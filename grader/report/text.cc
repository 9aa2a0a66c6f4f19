#include "grader/report/text.h"

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <span>

#include "grader/report/wrap.h"

namespace grader::report {
namespace {

constexpr int kTabStop = 8;

struct Range {
  char32_t first;
  char32_t last;
};

// Code points that steer rather than show: controls, invisible and reordering characters, non-characters, tags.
constexpr Range kSteering[] = {
    {0x00, 0x1f},     {0x7f, 0x9f},     {0xad, 0xad},       {0x61c, 0x61c},   {0x180e, 0x180e},
    {0x200b, 0x200b}, {0x200e, 0x200f}, {0x2028, 0x202e},   {0x2060, 0x206f}, {0xfdd0, 0xfdef},
    {0xfeff, 0xfeff}, {0xfff9, 0xfffb}, {0xe0000, 0xe0fff},
};

bool Steers(char32_t c) {
  return (c & 0xfffe) == 0xfffe ||
         std::any_of(std::begin(kSteering), std::end(kSteering), [c](Range r) { return r.first <= c && c <= r.last; });
}

std::string Escape(char32_t c) {
  switch (c) {
    case U'\0':
      return "\\0";
    case U'\r':
      return "\\r";
    default:
      return c < 0x80 ? fmt::format("\\x{:02x}", static_cast<unsigned>(c))
                      : fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
  }
}

enum class Tabs { kExpand, kKeep };

// Appends valid UTF-8 to `out`, code point by code point.
void AppendVisible(std::string_view valid, Tabs tabs, std::string& out) {
  auto at = valid.begin();
  while (at != valid.end()) {
    const auto from = at;
    const char32_t c = utf8::unchecked::next(at);
    if (c == U'\n' || (c == U'\t' && tabs == Tabs::kKeep)) {
      out += static_cast<char>(c);
    } else if (c == U'\t') {
      const std::string_view line = std::string_view(out).substr(out.rfind('\n') + 1);
      out.append(static_cast<std::size_t>(kTabStop - DisplayWidth(line) % kTabStop), ' ');
    } else if (Steers(c)) {
      out += Escape(c);
    } else {
      out.append(from, at);
    }
  }
}

std::string Shown(std::string_view bytes, Tabs tabs) {
  std::string out;
  out.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto wrong = utf8::find_invalid(bytes.begin(), bytes.end());
    const auto good = static_cast<std::size_t>(wrong - bytes.begin());
    AppendVisible(bytes.substr(0, good), tabs, out);
    bytes.remove_prefix(good);
    if (!bytes.empty()) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
      bytes.remove_prefix(1);
    }
  }
  return out;
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
           return a == std::tolower(static_cast<unsigned char>(b));
         });
}

// The runners of Azure and older ones of GitHub find these anywhere in a line.
bool StartsLogCommand(std::string_view text) {
  return text.starts_with("##[") || StartsWithIgnoringCase(text, "##vso[") ||
         StartsWithIgnoringCase(text, "##teamcity[");
}

}  // namespace

std::string Bounded(std::string_view text, os::Bytes limit) {
  if (text.size() <= limit.count) {
    return std::string(text);
  }
  std::size_t head = limit.count / 2;
  std::size_t tail = text.size() - (limit.count - head);
  // A sequence has at most three continuation bytes; more of them are not UTF-8, and may be cut anywhere.
  for (int i = 0; i < 3 && head > 0 && IsContinuation(text[head]); ++i) {
    --head;
  }
  for (int i = 0; i < 3 && tail < text.size() && IsContinuation(text[tail]); ++i) {
    ++tail;
  }
  return fmt::format("{}\n… {} bytes left out …\n{}", text.substr(0, head), tail - head, text.substr(tail));
}

std::string Visible(std::string_view bytes) { return Shown(bytes, Tabs::kExpand); }

std::string OneLine(std::string_view bytes) {
  std::string spaced(bytes);
  std::replace_if(
      spaced.begin(), spaced.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  std::string line = Visible(spaced);
  line.erase(std::unique(line.begin(), line.end(), [](char a, char b) { return a == ' ' && b == ' '; }), line.end());
  if (line.starts_with(' ')) {
    line.erase(0, 1);
  }
  if (line.ends_with(' ')) {
    line.pop_back();
  }
  return line;
}

std::string XmlText(std::string_view bytes) { return Shown(bytes, Tabs::kKeep); }

std::string Utf8(std::string_view bytes) {
  std::string valid;
  valid.reserve(bytes.size());
  utf8::replace_invalid(bytes.begin(), bytes.end(), std::back_inserter(valid));
  return valid;
}

std::string WithoutLogCommands(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool line_is_blank = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const bool command = StartsLogCommand(rest) || (line_is_blank && rest.starts_with("::"));
    out += command ? Escape(static_cast<char32_t>(text[i])) : std::string(1, text[i]);
    line_is_blank = text[i] == '\n' || (line_is_blank && text[i] == ' ');
  }
  return out;
}

std::string ShellWord(std::string_view word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) {
    return std::string(word);
  }
  std::string quoted = "'";
  for (const char c : word) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

}  // namespace grader::report
