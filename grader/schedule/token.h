#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "grader/schedule/recipe.h"

namespace grader::schedule {

// Names one run of one program, for a person to copy: "1.surw.3.3.9f21c07a.5be1d9a0.77aa12bc", in a path's case with
// its choices behind: version of the runtime, strategy, options, depth, seed, the run's hash, the program.
struct Token {
  Recipe recipe;
  std::uint32_t hash = 0;     // of Result::hash: what a replay must have again
  std::uint32_t program = 0;  // of the executable: another program has other runs
};

std::string ToText(const Token& token);

// Empty if the text is no token of this version.
std::optional<Token> TokenFromText(const std::string& text);

// Of an executable's bytes. Throws std::runtime_error if it cannot be read.
std::uint32_t ProgramDigest(const std::filesystem::path& executable);

std::uint32_t Folded(std::uint64_t hash);

}  // namespace grader::schedule
