#include "grammar.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace grader::checks::lab17 {
namespace {

using Texts = std::vector<std::string>;

std::size_t Between(Random& random, std::size_t low, std::size_t high) {
  return static_cast<std::size_t>(random.Integer(static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)));
}

bool OneIn(Random& random, std::size_t many) { return Between(random, 1, many) == 1; }

std::string AnyBytes(Random& random, std::size_t most) {
  std::string bytes(Between(random, 0, most), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Integer(-128, 127));
  return bytes;
}

std::string Many(Random& random, const std::string& piece, std::size_t most) {
  std::string all;
  for (auto count = Between(random, 0, most); count > 0; --count) all += piece;
  return all;
}

std::string Number(Random& random) {
  static const Texts kNumbers = {"0",
                                 "1",
                                 "-1",
                                 "00000000000000000000000",
                                 "2147483647",
                                 "2147483648",
                                 "4294967295",
                                 "4294967296",
                                 "9223372036854775807",
                                 "9223372036854775808",
                                 "18446744073709551615",
                                 "18446744073709551616",
                                 "99999999999999999999999999",
                                 "0x7f",
                                 "1e9",
                                 "",
                                 " ",
                                 "+5",
                                 "5,5",
                                 "%d%s%n",
                                 "NaN"};
  return OneIn(random, 3) ? std::to_string(random.Integer(0, 100'000)) : random.Pick(kNumbers);
}

std::string Method(Random& random) {
  static const Texts kMethods = {"GET",      "GET",       "GET", "GET",  "HEAD",  "POST", "PUT",
                                 "OPTIONS",  "get",       "",    "G",    "GET\t", "\r",   std::string("G\0T", 3),
                                 "HTTP/1.1", "GETGETGET", ":",   "%47ET"};
  if (OneIn(random, 40)) return std::string(Between(random, 100, 9000), 'M');
  return random.Pick(kMethods);
}

std::string Target(Random& random) {
  static const Texts kTargets = {"/",
                                 "/index.html",
                                 "/hello",
                                 "/time",
                                 "/hello?name=%C3",
                                 "/hello?name=%",
                                 "/hello?name",
                                 "/hello?=",
                                 "/hello?&&&=&",
                                 "/hello?name=a=b=c",
                                 "/hello??name=x",
                                 "?",
                                 "/?",
                                 "",
                                 "*",
                                 "//",
                                 "///",
                                 "/.",
                                 "/..",
                                 "/%",
                                 "/%0",
                                 "/%00",
                                 "/%ff%fe",
                                 "\xff\xfe",
                                 "/\xc3\x28",
                                 std::string("/\0", 2),
                                 "/a b c",
                                 "http://",
                                 "http://localhost",
                                 "http://localhost/",
                                 "http:/x",
                                 "https://a:b@c:99999/d",
                                 "/#x",
                                 "/hello?name=#",
                                 "/;x",
                                 "\\",
                                 "/\\..\\..",
                                 "/%n%n%n%s%s",
                                 "/hello?name=%25n%25s",
                                 "/index.html?",
                                 "/index.html/",
                                 "/time?x",
                                 "/time/",
                                 "localhost:80",
                                 "/\t",
                                 "/\r"};
  switch (Between(random, 0, 12)) {
    case 0:
      return "/" + Many(random, "../", 1500);
    case 1:
      return "/" + std::string(Between(random, 1, 6000), 'a');
    case 2:
      return "/hello?name=" + Many(random, "%41", 2000);
    case 3:
      return "/" + Many(random, "x/", 2500);
    case 4:
      return "/hello?" + Many(random, "a=b&", 1500) + "name=x";
    case 5:
      return "/" + AnyBytes(random, 60);
    default:
      return random.Pick(kTargets);
  }
}

std::string Version(Random& random) {
  static const Texts kVersions = {"HTTP/1.1",
                                  "HTTP/1.1",
                                  "HTTP/1.1",
                                  "HTTP/1.1",
                                  "HTTP/1.0",
                                  "",
                                  "HTTP",
                                  "HTTP/",
                                  "HTTP/1",
                                  "HTTP/1.",
                                  "HTTP/.1",
                                  "HTTP/11.1",
                                  "HTTP/-1.1",
                                  "HTTP/1.1x",
                                  "HTTP/1.99999999999999999999",
                                  "HTTP/99999999999999999999.1",
                                  "http/1.1",
                                  "HTTP/1.1 ",
                                  "HTTP/ 1.1",
                                  "HTTP/1.1 HTTP/1.1",
                                  "HTTP/a.b",
                                  "FTP/1.1",
                                  "HTTP/2.0"};
  return random.Pick(kVersions);
}

std::string LineEnd(Random& random) {
  static const Texts kEnds = {"\n", "\r", "\n\r", "", "\r\r\n", std::string("\0\r\n", 3)};
  return OneIn(random, 12) ? random.Pick(kEnds) : "\r\n";
}

std::string Header(Random& random) {
  static const Texts kNames = {
      "Host",   "Host",  "Content-Length",    "Content-Length", "Connection", "Transfer-Encoding",
      "Expect", "Range", "If-Modified-Since", "Cookie",         "",           " ",
      "X",      "host",  "CONTENT-LENGTH",    "\xff",           "a b"};
  static const Texts kValues = {"localhost",
                                "",
                                " ",
                                "close",
                                "keep-alive",
                                "close, , keep-alive",
                                ",,,,",
                                "chunked",
                                "gzip, chunked",
                                "100-continue",
                                "bytes=0-0",
                                "bytes=-1",
                                "bytes=99999999999999999999-",
                                "\xff\xfe\xfd",
                                "a\rb",
                                std::string("a\0b", 3),
                                "\t\t",
                                ":",
                                "\"",
                                "%00"};
  static const Texts kColons = {":", " : ", "", "::", "\t:", ";"};
  if (OneIn(random, 15))
    return random.Pick(Texts{" folded", "\tfolded: x", ":", ": x", "nothing", "=", "\r", "x\x01y: z"});
  auto name = random.Pick(kNames);
  if (OneIn(random, 30)) name = std::string(Between(random, 1, 9000), 'N');
  std::string value = name == "Content-Length" || OneIn(random, 6) ? Number(random) : random.Pick(kValues);
  if (OneIn(random, 30)) value = std::string(Between(random, 1, 9000), 'v');
  return name + (OneIn(random, 10) ? random.Pick(kColons) : ": ") + value;
}

std::string OneRequest(Random& random) {
  const Texts gaps = {"", "  ", "\t", " \t "};
  const auto gap = [&] { return OneIn(random, 12) ? random.Pick(gaps) : std::string(" "); };
  std::string request = Method(random);
  request += gap() + Target(random);
  request += gap() + Version(random);
  request += LineEnd(random);
  if (!OneIn(random, 4)) request += "Host: localhost\r\n";
  const auto headers = OneIn(random, 50) ? Between(random, 50, 400) : Between(random, 0, 5);
  for (std::size_t i = 0; i < headers; ++i) {
    request += Header(random);
    request += LineEnd(random);
  }
  if (!OneIn(random, 10)) request += LineEnd(random);
  if (OneIn(random, 3)) request += AnyBytes(random, 300);
  return request;
}

// As a bad network, or a bad program, would change it.
void Damage(Random& random, std::string& bytes) {
  if (bytes.empty()) return;
  const auto at = Between(random, 0, bytes.size() - 1);
  const auto size = Between(random, 0, std::min<std::size_t>(bytes.size() - at, 20));
  switch (Between(random, 0, 4)) {
    case 0:
      bytes[at] = static_cast<char>(random.Integer(-128, 127));
      break;
    case 1:
      bytes.erase(at, size);
      break;
    case 2:
      bytes.insert(at, bytes.substr(at, size));
      break;
    case 3:
      bytes.resize(at);
      break;
    default:
      bytes.insert(at, AnyBytes(random, 8));
      break;
  }
}

// As printf(1) takes it, within single quotes.
std::string ForPrintf(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    if (c == '\r') {
      text += "\\r";
    } else if (c == '\n') {
      text += "\\n";
    } else if (c == '%') {
      text += "%%";
    } else if (c == '\\' || c == '\'' || c < ' ' || c > '~') {
      text += fmt::format("\\{:03o}", static_cast<unsigned char>(c));
    } else {
      text += c;
    }
  }
  return text;
}

// A piece of bytes that begins with a run: how often it comes.
struct Run {
  std::string_view piece;
  std::size_t times = 1;
};

Run RunAt(std::string_view bytes) {
  constexpr std::size_t kLongestPiece = 4;
  Run best{bytes.substr(0, 1)};
  for (std::size_t size = 1; size <= std::min(kLongestPiece, bytes.size()); ++size) {
    std::size_t times = 1;
    while (bytes.substr(times * size, size) == bytes.substr(0, size)) ++times;
    if (times * size > best.times * best.piece.size()) best = {bytes.substr(0, size), times};
  }
  return best;
}

}  // namespace

std::string DrawMalformed(Random& random) {
  std::string bytes = OneRequest(random);
  while (OneIn(random, 6)) bytes += OneRequest(random);
  while (OneIn(random, 3)) Damage(random, bytes);
  return bytes;
}

std::string CommandToSend(std::string_view bytes) {
  constexpr std::size_t kShortest = 40;  // what is worth an abbreviation
  std::string commands;
  std::string plain;
  const auto flush = [&] {
    if (!plain.empty()) commands += "printf '" + plain + "'; ";
    plain.clear();
  };
  while (!bytes.empty()) {
    const auto run = RunAt(bytes);
    const auto size = run.piece.size() * run.times;
    if (size < kShortest) {
      plain += ForPrintf(bytes.substr(0, 1));
      bytes.remove_prefix(1);
      continue;
    }
    flush();
    commands += fmt::format("printf '{}%.0s' $(seq {}); ", ForPrintf(run.piece), run.times);
    bytes.remove_prefix(size);
  }
  flush();
  if (commands.empty()) return "printf '' | nc -N 127.0.0.1 8000";
  commands.resize(commands.size() - 2);
  const bool several = commands.find("; printf") != std::string::npos;
  return (several ? "( " + commands + " )" : commands) + " | nc -N 127.0.0.1 8000";
}

}  // namespace grader::checks::lab17
