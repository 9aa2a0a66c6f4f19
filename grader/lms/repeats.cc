#include "grader/lms/repeats.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace grader::lms {
namespace {

constexpr int kMostTimes = 300;  // beyond any table that a lab asks for
constexpr int kMostPasses = 10;

struct Token {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t kind = 0;  // equal for tokens that are taken for the same
};

bool IsWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (c & 0x80) != 0; }

std::size_t EndOfWord(const std::string& text, std::size_t at) {
  while (at < text.size() && IsWord(text[at])) ++at;
  return at;
}

std::size_t EndOfQuoted(const std::string& text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote && text[at] != '\n'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && text[at + 1] != '\n') ++at;
  }
  return at < text.size() && text[at] == quote ? at + 1 : at;
}

// sim_c++ passes over these lines.
bool IsInclude(const std::string& text, std::size_t at) {
  const std::size_t name = text.find_first_not_of(' ', at + 1);
  return name != std::string::npos && std::string_view(text).substr(name).starts_with("include");
}

std::vector<Token> CppTokens(const std::string& text) {
  std::vector<Token> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t end = at + 1;
    auto kind = static_cast<std::uint64_t>(static_cast<unsigned char>(c));
    if (c == ' ' || c == '\n') {
      at = end;
      continue;
    }
    if (c == '#' && IsInclude(text, at)) {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (IsWord(c)) {
      end = EndOfWord(text, at);
      kind = std::isdigit(static_cast<unsigned char>(c)) != 0 ? std::uint64_t{'0'} : std::uint64_t{'a'};
    } else if (c == '"' || c == '\'') {
      end = EndOfQuoted(text, at);
    }
    tokens.push_back({at, end, kind});
    at = end;
  }
  return tokens;
}

std::vector<Token> PythonWords(const std::string& text) {
  std::vector<Token> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = EndOfWord(text, at);
    if (end > at)
      words.push_back({at, end, std::hash<std::string_view>()(std::string_view(text).substr(at, end - at))});
    at = std::max(end, at + 1);
  }
  return words;
}

// Those that begin a stretch which has been there often enough.
std::vector<Token> Excess(const std::vector<Token>& tokens, std::size_t length) {
  constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15;
  std::uint64_t highest = 1;
  for (std::size_t i = 1; i < length; ++i) highest *= kBase;
  std::unordered_map<std::uint64_t, int> times;
  std::vector<Token> excess;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i >= length) hash -= (tokens[i - length].kind + 1) * highest;
    hash = hash * kBase + tokens[i].kind + 1;
    if (i + 1 >= length && ++times[hash] > kMostTimes) excess.push_back(tokens[i + 1 - length]);
  }
  return excess;
}

void Blank(std::string& text, const std::vector<Token>& tokens) {
  for (const Token& one : tokens) std::fill(&text[one.begin], &text[0] + one.end, ' ');
}

}  // namespace

Thinned WithoutRepeats(std::string text, Language language, int length) {
  Thinned thinned{.text = std::move(text)};
  // What is left moves together, and may repeat itself anew.
  for (int pass = 1; pass <= kMostPasses; ++pass) {
    const auto tokens = language == Language::kCpp ? CppTokens(thinned.text) : PythonWords(thinned.text);
    const auto excess = Excess(tokens, static_cast<std::size_t>(length));
    if (excess.empty()) return thinned;
    thinned.repeats = true;
    Blank(thinned.text, pass < kMostPasses ? excess : tokens);
  }
  return thinned;
}

}  // namespace grader::lms
