#include <fmt/format.h>

#include "grader/cli/completion.h"

namespace grader::cli {
namespace {

constexpr const char* kFrame = R"script(#compdef grade
# Completion of grade for zsh; made by: grade completion zsh
_grade_labs() {{
  local -a labs=(${{(f)"$(_call_program labs $grade_program list --names 2>/dev/null)"}})
  compadd -a labs
}}
_grade() {{
  local grade_program=$words[1]
  local -a commands=(
{commands}  )
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    _describe command commands
    _grade_labs
    return
  fi
  case $words[2] in
    {pattern})
      shift words
      ((CURRENT--))
      ;;
  esac
  case $words[1] in
{cases}  esac
}}
if [[ $funcstack[1] == _grade ]]; then
  _grade "$@"
else
  compdef _grade grade
fi
)script";

std::string ActionOf(const Value& value) {
  switch (value.kind) {
    case ValueKind::kLab:
      return "_grade_labs";
    case ValueKind::kFolder:
      return "_files -/";
    case ValueKind::kFile:
      return "_files";
    case ValueKind::kChoice: {
      std::string words;
      for (const std::string& choice : value.choices) words += (words.empty() ? "" : " ") + choice;
      return "(" + words + ")";
    }
    case ValueKind::kCheck:
    case ValueKind::kNumber:
    case ValueKind::kToken:
      break;
  }
  return " ";
}

// Brackets and colons are syntax in zsh's specifications.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : Unquoted(text)) {
    if (c == ':' || c == '[' || c == ']') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string Case(const CommandText& command) {
  std::string text = fmt::format("    {}) _arguments", command.name.empty() ? "*" : command.name);
  for (const OptionText& option : command.options) {
    const std::string value = option.value ? ":value:" + ActionOf(*option.value) : "";
    text += fmt::format(" \\\n      '{}[{}]{}'", option.name, Escaped(option.meaning), value);
  }
  for (const ArgumentText& argument : command.arguments) {
    text += fmt::format(" \\\n      ':{}:{}'", Escaped(argument.meaning), ActionOf(argument.value));
  }
  return text + " ;;\n";
}

}  // namespace

std::string ZshCompletion(const std::vector<CommandText>& commands) {
  std::string names, cases;
  for (const CommandText& command : commands) {
    if (command.name.empty()) continue;
    names += fmt::format("    '{}:{}'\n", command.name, Escaped(command.meaning));
    cases += Case(command);
  }
  cases += Case(commands.front());  // * matches everything: last
  return fmt::format(kFrame, fmt::arg("commands", names), fmt::arg("pattern", CommandNames(commands, " | ")),
                     fmt::arg("cases", cases));
}

}  // namespace grader::cli
