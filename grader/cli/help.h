#pragma once

#include <string>
#include <vector>

#include "grader/cli/command_text.h"

namespace grader::cli {

// What `grade --help` prints: examples first, then all commands.
std::string HelpText(const std::vector<CommandText>& commands);

// What `grade COMMAND --help` prints.
std::string HelpText(const CommandText& command);

}  // namespace grader::cli
