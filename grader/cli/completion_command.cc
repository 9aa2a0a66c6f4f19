#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "grader/cli/command.h"
#include "grader/cli/completion.h"
#include "grader/cli/errors.h"

namespace grader::cli {
namespace {

using Writer = std::string (*)(const std::vector<CommandText>&);

const std::map<std::string, Writer> kShells = {
    {"bash", BashCompletion}, {"zsh", ZshCompletion}, {"fish", FishCompletion}};

}  // namespace

void AddCompletion(const Commands& commands) {
  const auto shell = std::make_shared<std::string>();
  Command& completion = commands.line.Add("completion", "print a completion script for a shell");
  completion.Argument({{ValueKind::kChoice, {"bash", "zsh", "fish"}}, "the shell"}, *shell);
  completion.Does([commands, shell] {
    const auto found = kShells.find(*shell);
    if (found == kShells.end())
      throw UsageError("there is no completion for '" + *shell + "'; choose bash, zsh or fish");
    std::cout << found->second(commands.line.Texts());
    return ExitStatus::kSuccess;
  });
}

}  // namespace grader::cli
