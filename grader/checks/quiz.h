// labs/<id>/quiz.toml, trusted:
//   [[question]]
//   id = "zombie_letter"                # the key in answers.toml
//   ask = "Which letter does ps show for a zombie?"
//   answer = "Z"                        # a text, a whole number, true or false, or a list of accepted texts
//   points = 1
//   hint = "man ps, PROCESS STATE CODES"
#pragma once

#include <filesystem>
#include <vector>

#include "grader/checks/registry.h"

namespace grader::checks {

// One check per question, "Quiz.ZombieLetter", in the order of the file. Throws UsageError: "quiz.toml:3: ...".
std::vector<RegisteredCheck> QuizChecks(const std::filesystem::path& quiz_toml, const CheckPlace& place);

}  // namespace grader::checks
