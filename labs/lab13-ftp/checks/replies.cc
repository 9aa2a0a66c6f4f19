// Replies and lists, read as a client does.
#include <cctype>
#include <regex>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

bool BeginsWithCode(std::string_view line) {
  return line.size() >= 3 && std::isdigit(static_cast<unsigned char>(line[0])) != 0 &&
         std::isdigit(static_cast<unsigned char>(line[1])) != 0 &&
         std::isdigit(static_cast<unsigned char>(line[2])) != 0 && (line.size() == 3 || !std::isalnum(line[3]));
}

// The whole reply at the beginning of the text, and its size; none while it is not whole. A line without a code is a
// reply of code 0, so that it is told as it is.
std::optional<std::pair<Reply, std::size_t>> Parse(std::string_view text) {
  Reply reply;
  std::size_t at = 0;
  while (true) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) return std::nullopt;
    std::string line(text.substr(at, end - at));
    if (line.ends_with('\r')) line.pop_back();
    at = end + 1;
    reply.lines.push_back(line);
    const bool coded = BeginsWithCode(line);
    if (reply.lines.size() == 1) reply.code = coded ? std::stoi(line.substr(0, 3)) : 0;
    const bool goes_on = line.size() > 3 && line[3] == '-';
    if (reply.lines.size() == 1 && !(coded && goes_on)) return std::pair(reply, at);
    if (reply.lines.size() > 1 && coded && !goes_on && std::stoi(line.substr(0, 3)) == reply.code) {
      return std::pair(reply, at);
    }
  }
}

}  // namespace

std::optional<Reply> TakeReply(Client& control) {
  auto parsed = Parse(control.unread());
  if (!parsed) return std::nullopt;
  control.Take(parsed->second);
  return std::move(parsed->first);
}

bool HasReply(const Client& control) { return Parse(control.unread()).has_value(); }

std::optional<Announced> ReadAnnounced(const Reply& reply) {
  static const std::regex kPasv(R"(227.*?(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}).*)");
  static const std::regex kEpsv(R"(229.*\((.)\1\1(\d{1,5})\1\).*)");
  std::smatch match;
  const std::string line = reply.text();
  if (std::regex_match(line, match, kPasv)) {
    for (int i = 1; i <= 6; ++i) {
      if (std::stoi(match[static_cast<std::size_t>(i)]) > 255) return std::nullopt;
    }
    const int port = std::stoi(match[5]) * 256 + std::stoi(match[6]);
    const std::string host = match[1].str() + '.' + match[2].str() + '.' + match[3].str() + '.' + match[4].str();
    return Announced{host, static_cast<std::uint16_t>(port)};
  }
  if (std::regex_match(line, match, kEpsv) && std::stoi(match[2]) < 65536) {
    return Announced{"", static_cast<std::uint16_t>(std::stoi(match[2]))};
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> SplitCrlf(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find("\r\n", at);
    if (end == std::string::npos) return std::nullopt;
    lines.push_back(text.substr(at, end - at));
    at = end + 2;
    if (lines.back().find('\n') != std::string::npos) return std::nullopt;
  }
  return lines;
}

}  // namespace grader::checks::lab13
