// What a request asks for: RFC 3986, and the form of queries that browsers send.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "refusal.h"

namespace lab {

inline std::optional<int> HexDigit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return std::nullopt;
}

// Each %XX becomes its byte. Once: what comes out is not decoded again. Throws Refusal{400}.
inline std::string PercentDecode(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes += text[i];
      continue;
    }
    if (i + 2 >= text.size()) throw Refusal{400};
    const auto high = HexDigit(text[i + 1]);
    const auto low = HexDigit(text[i + 2]);
    if (!high || !low || *high + *low == 0) throw Refusal{400};  // a 0 byte would end a C string too early
    bytes += static_cast<char>(*high * 16 + *low);
    i += 2;
  }
  return bytes;
}

using Query = std::map<std::string, std::string>;

// name=Ada+L&x=1; a + stands for a space here, and here only. Throws Refusal{400}.
inline Query ParseQuery(std::string_view text) {
  Query query;
  while (!text.empty()) {
    const auto end = text.find('&');
    std::string pair(text.substr(0, end));
    for (char& c : pair) {
      if (c == '+') c = ' ';
    }
    const auto equals = pair.find('=');
    const std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
    query.emplace(PercentDecode(pair.substr(0, equals)), PercentDecode(value));
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  return query;
}

}  // namespace lab
