#include "reply.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace grader::checks::lab17 {
namespace {

std::string_view Trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The next line without its end; nothing if it is not whole.
std::optional<std::string_view> TakeLine(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  auto line = bytes.substr(0, end);
  bytes.remove_prefix(end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

ReplyRead Broken(std::string fault) { return {.state = ReplyRead::State::kBroken, .fault = std::move(fault)}; }

std::string Shown(std::string_view line) {
  constexpr std::size_t kMost = 60;
  std::string shown;
  for (const char c : line.substr(0, kMost)) shown += c >= ' ' && c <= '~' ? c : '?';
  return '"' + shown + (line.size() > kMost ? "...\"" : "\"");
}

// HTTP/1.1 200 OK; 0 if it is none.
int StatusOf(std::string_view line) {
  constexpr std::size_t kCode = 9;
  if (!line.starts_with("HTTP/1.") || line.size() < kCode + 3 || line[kCode - 1] != ' ') return 0;
  const char* const code = line.data() + kCode;
  int status = 0;
  const auto [rest, error] = std::from_chars(code, code + 3, status);
  if (error != std::errc{} || rest != code + 3 || status < 100) return 0;
  return line.size() == kCode + 3 || line[kCode + 3] == ' ' ? status : 0;
}

std::optional<std::size_t> ParseLength(const std::string& text) {
  std::size_t length = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
  return length;
}

// The head of a reply, off the front of bytes. Its body is not read.
ReplyRead ReadHead(std::string_view& bytes) {
  const auto line = TakeLine(bytes);
  if (!line) return {};
  ReplyRead read{.state = ReplyRead::State::kWhole};
  read.reply.status = StatusOf(*line);
  if (read.reply.status == 0) return Broken("the reply begins with " + Shown(*line) + ", which is no status line");
  for (;;) {
    const auto header = TakeLine(bytes);
    if (!header) return {};
    if (header->empty()) return read;
    const auto colon = header->find(':');
    if (colon == std::string_view::npos || colon == 0) return Broken("a header of the reply is " + Shown(*header));
    read.reply.headers.emplace_back(Lower(header->substr(0, colon)), Trim(header->substr(colon + 1)));
  }
}

bool HasNoBody(const Reply& reply, Asked asked) {
  return asked == Asked::kHead || reply.status == 204 || reply.status == 304;
}

}  // namespace

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::optional<std::string> Reply::Header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, [](const auto& header) { return header.first; });
  if (found == headers.end()) return std::nullopt;
  return found->second;
}

std::string Reply::Type() const {
  const auto type = Header("content-type").value_or("");
  return Lower(Trim(std::string_view(type).substr(0, type.find(';'))));
}

bool Reply::SaysClose() const { return Lower(Header("connection").value_or("")).find("close") != std::string::npos; }

ReplyRead ReadReply(std::string_view bytes, Asked asked, bool ended) {
  auto rest = bytes;
  auto read = ReadHead(rest);
  while (read.state == ReplyRead::State::kWhole && read.reply.status < 200) read = ReadHead(rest);
  if (read.state != ReplyRead::State::kWhole) {
    if (read.state == ReplyRead::State::kPartial && ended) {
      return Broken(bytes.empty() ? "the connection ended without a reply" : "the connection ended within the reply");
    }
    return read;
  }
  std::size_t length = 0;
  const auto said = read.reply.Header("content-length");
  if (said && !ParseLength(*said)) return Broken("the reply's Content-Length is " + Shown(*said));
  if (!HasNoBody(read.reply, asked)) {
    length = said ? *ParseLength(*said) : rest.size();
    if (!said && !ended) return {};  // its end is that of the connection
    if (rest.size() < length && !ended) return {};
    if (rest.size() < length) {
      return Broken(fmt::format("the connection ended after {} of {} bytes of the body", rest.size(), length));
    }
  }
  read.reply.body = rest.substr(0, length);
  read.used = bytes.size() - rest.size() + length;
  return read;
}

}  // namespace grader::checks::lab17
