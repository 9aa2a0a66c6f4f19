#include <cctype>

#include "grader/checks/registry.h"

namespace grader::checks {
namespace {

bool IsUpper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
bool IsLower(char c) { return std::islower(static_cast<unsigned char>(c)) != 0; }

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

bool StartsWord(const std::string& name, std::size_t at) {
  if (at == 0) return false;
  if (IsDigit(name[at])) return !IsDigit(name[at - 1]);
  if (!IsUpper(name[at])) return false;
  return !IsUpper(name[at - 1]) || (at + 1 < name.size() && IsLower(name[at + 1]));
}

// An acronym keeps its capitals: "PID", but "A" and "Zombie" do not.
std::string InSentence(std::string word) {
  if (word.size() > 1 && IsUpper(word[0]) && IsUpper(word[1])) return word;
  if (!word.empty()) word[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(word[0])));
  return word;
}

}  // namespace

std::string TitleFromName(const std::string& name) {
  std::string title;
  std::string word;
  const auto finish_word = [&title, &word] {
    if (!word.empty()) title += (title.empty() ? "" : " ") + InSentence(word);
    word.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (StartsWord(name, i) || name[i] == '_') finish_word();
    if (name[i] != '_') word.push_back(name[i]);
  }
  finish_word();
  return title;
}

}  // namespace grader::checks
