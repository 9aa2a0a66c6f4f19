// A student's answers.toml.
#include "grader/checks/answers.h"

#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  static const InputFile file("answers.toml");
  file.Write(bytes);
  const checks::Answers answers = checks::Answers::Load(file.folder());
  for (const char* question : {"zombie", "orphan", ""}) {
    const checks::QuizAnswer answer = answers.Find(question);
    const bool empty = std::holds_alternative<std::monostate>(answer.value);
    Require(empty != answer.problem.empty(), "there is an answer, or a reason why not");
  }
}

}  // namespace grader::fuzz
