#include <fmt/format.h>

#include "grader/cli/completion.h"

namespace grader::cli {
namespace {

constexpr const char* kHead = R"script(# Completion of grade for fish; made by: grade completion fish
function __grade_labs
    set -l words (commandline -opc)
    $words[1] list --names 2>/dev/null
end
complete -c grade -f
)script";

std::string Words(const Value& value) {
  switch (value.kind) {
    case ValueKind::kLab:
      return " -a '(__grade_labs)'";
    case ValueKind::kFolder:
      return " -a '(__fish_complete_directories)'";
    case ValueKind::kChoice: {
      std::string words;
      for (const std::string& choice : value.choices) words += (words.empty() ? "" : " ") + choice;
      return " -a '" + words + "'";
    }
    case ValueKind::kFile:
    case ValueKind::kCheck:
    case ValueKind::kNumber:
    case ValueKind::kToken:
      break;
  }
  return "";
}

std::string Takes(const OptionText& option) {
  if (!option.value) return "";
  return (option.value->kind == ValueKind::kFile ? " -r -F" : " -x") + Words(*option.value);
}

}  // namespace

std::string FishCompletion(const std::vector<CommandText>& commands) {
  std::string text = kHead;
  const std::string names = CommandNames(commands, " ");
  for (const CommandText& command : commands) {
    const bool unnamed = command.name.empty();
    const std::string when =
        unnamed ? "not __fish_seen_subcommand_from " + names : "__fish_seen_subcommand_from " + command.name;
    if (!unnamed) {
      text += fmt::format("complete -c grade -n __fish_use_subcommand -a {} -d '{}'\n", command.name,
                          Unquoted(command.meaning));
    }
    for (const ArgumentText& argument : command.arguments) {
      text += fmt::format("complete -c grade -n '{}'{}\n", when, Words(argument.value));
    }
    for (const OptionText& option : command.options) {
      text += fmt::format("complete -c grade -n '{}' -l {}{} -d '{}'\n", when, option.name.substr(2), Takes(option),
                          Unquoted(option.meaning));
    }
  }
  return text;
}

}  // namespace grader::cli
