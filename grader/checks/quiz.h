// labs/<id>/quiz.toml, trusted:
//   [[question]]
//   id = "zombie_letter"                # the key in answers.toml
//   ask = "Which letter does ps show for a zombie?"
//   answer = "Z"                        # a text, a whole number, true or false, or a list of accepted texts
//   points = 1
//   hint = "man ps, PROCESS STATE CODES"
// Where the answer can be observed, the truth is taken from a run of labs/<id>/probes/<probe>.cpp instead:
//   probe = "processes"
//   truth = "processes"                 # how many there were; or "lines" of its stdout, "zombies_left" by its
//                                       # processes, or "output": the number it printed
#pragma once

#include <filesystem>
#include <vector>

#include "grader/checks/registry.h"

namespace grader::checks {

// One check per question, "Quiz.ZombieLetter", in the order of the file. Throws UsageError: "quiz.toml:3: ...".
std::vector<RegisteredCheck> QuizChecks(const std::filesystem::path& quiz_toml, const CheckPlace& place);

}  // namespace grader::checks
