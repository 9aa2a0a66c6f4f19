// A student's answers.toml: untrusted, so of bounded size and parsed into plain values.
#pragma once

#include <gmock/gmock.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "grader/observe/observation.h"

namespace grader::checks {

// What was answered to one question.
struct QuizAnswer {
  using Value = std::variant<std::monostate, std::string, std::int64_t, bool, std::vector<std::string>>;
  std::string question;  // the key
  Value value;           // monostate: not answered, or the file is missing or wrong
  std::string location;  // "answers.toml:12", or "answers.toml"
  std::string problem;   // why there is no value, for the student; empty if there is one
};

// The whole file. A missing, oversized or wrong file is not an exception: every answer of it has the problem.
class Answers {
 public:
  // Reads folder/answers.toml, which must be a plain file and no link.
  static Answers Load(const std::filesystem::path& folder);

  QuizAnswer Find(const std::string& question) const;

 private:
  std::map<std::string, QuizAnswer> answers_;
  QuizAnswer missing_;  // given for every question that has no answer
};

// The answer is this text, case and surrounding blanks apart. The expected text is never shown to the student.
::testing::Matcher<const QuizAnswer&> AnswersText(std::string expected);
// The answer is one of these texts.
::testing::Matcher<const QuizAnswer&> AnswersOneOf(std::vector<std::string> accepted);
::testing::Matcher<const QuizAnswer&> AnswersNumber(std::int64_t expected);
enum class Truth { kFalse, kTrue };
::testing::Matcher<const QuizAnswer&> AnswersTruth(Truth expected);

// The answer is what a run has shown; the failure names the run, not the number.
::testing::Matcher<const QuizAnswer&> AnswersNumberShownBy(const observe::Observation& run, std::int64_t expected);

}  // namespace grader::checks
