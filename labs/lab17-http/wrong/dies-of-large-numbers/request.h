// Reading requests: RFC 9112, sections 2 to 6.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "uri.h"

namespace lab {

constexpr std::size_t kMostLine = 16 * 1024;
constexpr std::size_t kMostHeaders = 64 * 1024;
constexpr std::size_t kMostBody = 16 * 1024 * 1024;

struct Request {
  std::string method;
  std::string path;  // decoded
  Query query;
  bool keep_alive = true;
  bool expects_continue = false;
  std::size_t body = 0;  // bytes that follow the head

  bool IsHead() const { return method == "HEAD"; }
};

// Takes the first line, without its end, off bytes.
inline std::string_view TakeLine(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Where the head that begins at 0 is over; nothing if more of it has to come. The first `known` bytes hold no end of
// it. Throws Refusal if it is too long already.
inline std::optional<std::size_t> EndOfHead(std::string_view bytes, std::size_t known) {
  const auto line = bytes.substr(0, kMostLine).find('\n');
  if (line == std::string_view::npos && bytes.size() >= kMostLine) throw Refusal{414};
  for (auto at = bytes.find('\n', known < 3 ? 0 : known - 3); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    const auto next = bytes.substr(at + 1, 2);
    if (next.starts_with('\n')) return at + 2;
    if (next == "\r\n") return at + 3;
  }
  if (bytes.size() > kMostLine + kMostHeaders) throw Refusal{431};
  return std::nullopt;
}

inline bool EqualIgnoringCase(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(one, other, {}, lower, lower);
}

inline std::string_view Trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// What the headers say, as far as it matters here.
struct Headers {
  int hosts = 0;
  std::optional<std::size_t> length;
  bool chunked = false;
  bool close = false;
  bool keep_alive = false;
  bool expects_continue = false;

  void Add(std::string_view name, std::string_view value) {
    if (EqualIgnoringCase(name, "host")) ++hosts;
    if (EqualIgnoringCase(name, "transfer-encoding")) chunked = true;
    if (EqualIgnoringCase(name, "expect")) expects_continue = EqualIgnoringCase(value, "100-continue");
    if (EqualIgnoringCase(name, "content-length")) AddLength(value);
    if (EqualIgnoringCase(name, "connection")) AddConnection(value);
  }

 private:
  void AddLength(std::string_view value) {
    const std::size_t number = std::stoul(std::string(value));
    if (length && *length != number) throw Refusal{400};
    length = number;
  }

  void AddConnection(std::string_view value) {
    while (!value.empty()) {
      const auto comma = value.find(',');
      const auto option = Trim(value.substr(0, comma));
      close = close || EqualIgnoringCase(option, "close");
      keep_alive = keep_alive || EqualIgnoringCase(option, "keep-alive");
      value = comma == std::string_view::npos ? "" : value.substr(comma + 1);
    }
  }
};

inline Headers ParseHeaders(std::string_view bytes) {
  Headers headers;
  for (auto line = TakeLine(bytes); !line.empty(); line = TakeLine(bytes)) {
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t") != std::string_view::npos) {
      throw Refusal{400};
    }
    headers.Add(name, Trim(line.substr(colon + 1)));
  }
  return headers;
}

// HTTP/1.x: x. Throws Refusal: 505 for another major version, 400 for what is no version.
inline int MinorVersion(std::string_view version) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (version.size() != 8 || !version.starts_with("HTTP/") || !digit(version[5]) || version[6] != '.' ||
      !digit(version[7])) {
    throw Refusal{400};
  }
  if (version[5] != '1') throw Refusal{505};
  return version[7] - '0';
}

// Fills in path and query. A proxy's clients send http://host/path.
inline void SetTarget(Request& request, std::string_view target) {
  if (target.starts_with("http://")) {
    target.remove_prefix(7);
    const auto path = target.find('/');
    target = path == std::string_view::npos ? "/" : target.substr(path);
  }
  if (target == "*" && request.method == "OPTIONS") return;
  if (!target.starts_with('/')) throw Refusal{400};
  const auto question = target.find('?');
  request.path = PercentDecode(target.substr(0, question));
  if (question != std::string_view::npos) request.query = ParseQuery(target.substr(question + 1));
}

// head: request line, headers and the empty line. Throws Refusal.
inline Request ParseRequest(std::string_view head) {
  Request request;
  const auto line = TakeLine(head);
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == 0 || first == std::string_view::npos || first == last) throw Refusal{400};
  request.method = line.substr(0, first);
  const int minor = MinorVersion(line.substr(last + 1));
  const auto target = line.substr(first + 1, last - first - 1);
  if (target.find(' ') != std::string_view::npos) throw Refusal{400};
  SetTarget(request, target);
  if (head.size() > kMostHeaders) throw Refusal{431};
  const Headers headers = ParseHeaders(head);
  if (headers.hosts > 1 || (headers.hosts == 0 && minor > 0)) throw Refusal{400};
  if (headers.chunked) throw Refusal{501};
  request.body = headers.length.value_or(0);
  if (request.body > kMostBody) throw Refusal{413};
  request.keep_alive = minor > 0 ? !headers.close : headers.keep_alive;
  request.expects_continue = headers.expects_continue;
  return request;
}

}  // namespace lab
