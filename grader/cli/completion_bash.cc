#include <fmt/format.h>

#include "grader/cli/completion.h"

namespace grader::cli {
namespace {

constexpr const char* kFrame = R"script(# Completion of grade for bash; made by: grade completion bash
_grade() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
  local command='' words='' options='' files=yes
  if ((COMP_CWORD > 1)); then
    case ${{COMP_WORDS[1]}} in
      {pattern}) command=${{COMP_WORDS[1]}} ;;
    esac
  fi
  case $command in
{commands}  esac
  ((COMP_CWORD > 1)) || words+=' {names}'
  [[ $current != -* ]] || words=$options
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  [[ $files == yes ]] || compopt +o default
}}
complete -o default -F _grade grade
)script";

std::string Words(const Value& value) {
  if (value.kind == ValueKind::kLab) return "$(\"$1\" list --names 2>/dev/null)";
  std::string words;
  for (const std::string& choice : value.choices) words += (words.empty() ? "" : " ") + choice;
  return words;
}

// What may stand behind each option, and elsewhere.
std::string Case(const CommandText& command) {
  std::string text = fmt::format("    {})\n      case $previous in\n", command.name.empty() ? "''" : command.name);
  std::string options;
  for (const OptionText& option : command.options) {
    options += (options.empty() ? "" : " ") + option.name;
    if (!option.value) continue;
    const char* files = option.value->kind == ValueKind::kFile ? "yes" : "no";
    text += fmt::format("        {}) words='{}' files={} ;;\n", option.name, Words(*option.value), files);
  }
  std::string arguments;
  for (const ArgumentText& argument : command.arguments) arguments += Words(argument.value);
  return text + fmt::format("        *) words=\"{}\" options='{}' ;;\n      esac\n      ;;\n", arguments, options);
}

}  // namespace

std::string BashCompletion(const std::vector<CommandText>& commands) {
  std::string cases;
  for (const CommandText& command : commands) cases += Case(command);
  return fmt::format(kFrame, fmt::arg("pattern", CommandNames(commands, " | ")), fmt::arg("commands", cases),
                     fmt::arg("names", CommandNames(commands, " ")));
}

}  // namespace grader::cli
