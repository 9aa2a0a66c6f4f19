#pragma once

#include <string>
#include <vector>

#include "grader/cli/command_text.h"

namespace grader::cli {

// Scripts that complete commands, options and arguments. They ask `grade list --names` for the labs, so that they need
// not be made again when one is added.
std::string BashCompletion(const std::vector<CommandText>& commands);
std::string ZshCompletion(const std::vector<CommandText>& commands);
std::string FishCompletion(const std::vector<CommandText>& commands);

// The names of all commands that have one, between separators.
std::string CommandNames(const std::vector<CommandText>& commands, const std::string& separator);

// Without the characters that all three shells treat specially within single quotes.
std::string Unquoted(const std::string& text);

}  // namespace grader::cli
