#include "grader/cli/completion.h"

namespace grader::cli {

std::string CommandNames(const std::vector<CommandText>& commands, const std::string& separator) {
  std::string names;
  for (const CommandText& command : commands) {
    if (!command.name.empty()) names += (names.empty() ? "" : separator) + command.name;
  }
  return names;
}

std::string Unquoted(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    if (c != '\'' && c != '\\') plain += c;
  }
  return plain;
}

}  // namespace grader::cli
