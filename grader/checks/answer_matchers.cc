#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "grader/checks/answers.h"
#include "grader/checks/failure_text.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using AnswerMatcher = ::testing::Matcher<const QuizAnswer&>;

std::string Said(const QuizAnswer::Value& value) {
  struct Visitor {
    std::string operator()(std::monostate) const { return "nothing"; }
    std::string operator()(const std::string& text) const { return "\"" + text.substr(0, 80) + "\""; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(bool truth) const { return truth ? "true" : "false"; }
    std::string operator()(const std::vector<std::string>& texts) const {
      return "a list of " + Count(texts.size(), "text", "texts");
    }
  };
  return std::visit(Visitor{}, value);
}

// Lower case, without blanks at the ends, runs of blanks as one.
std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) plain.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    if (blank && !plain.empty() && plain.back() != ' ') plain.push_back(' ');
  }
  if (!plain.empty() && plain.back() == ' ') plain.pop_back();
  return plain;
}

template <typename T>
bool Holds(const QuizAnswer::Value& value) {
  return std::holds_alternative<T>(value);
}

bool HoldsTextOrNumber(const QuizAnswer::Value& value) {
  return Holds<std::string>(value) || Holds<std::int64_t>(value);
}

// A text or a number, as a text: whether 6 stands in quotes says nothing about who knows it.
std::string AsText(const QuizAnswer::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return Plain(std::get<std::string>(value));
}

// How an answer is judged. kind is what a value of the right type is called: "a whole number".
struct Key {
  std::string kind;
  std::function<bool(const QuizAnswer::Value&)> has_kind;
  std::function<bool(const QuizAnswer::Value&)> is_right;
  std::string shown_by;  // the command line of the run that tells; empty if none does
};

class AnswerIs : public ::testing::MatcherInterface<const QuizAnswer&> {
 public:
  explicit AnswerIs(Key key) : key_(std::move(key)) {}

  bool MatchAndExplain(const QuizAnswer& answer, ::testing::MatchResultListener* listener) const override {
    const auto problem = ProblemOf(answer);
    if (problem.empty()) return true;
    const auto wanted = key_.shown_by.empty() ? "a right answer to `" + answer.question + "`"
                                              : "the answer to `" + answer.question + "` is what the run shows";
    if (listener->IsInterested()) {
      *listener << EncodeFailure({{wanted, problem, {}, key_.shown_by, answer.location}, {}});
    }
    return false;
  }

  void DescribeTo(std::ostream* out) const override { *out << "is the right answer"; }

 private:
  std::string ProblemOf(const QuizAnswer& answer) const {
    if (!answer.problem.empty()) return answer.problem;
    if (!key_.has_kind(answer.value))
      return fmt::format("the answer should be {}, not {}", key_.kind, Said(answer.value));
    if (HoldsTextOrNumber(answer.value) && AsText(answer.value).empty()) return "it is not answered yet";
    return key_.is_right(answer.value) ? "" : Said(answer.value) + " is not right";
  }

  Key key_;
};

AnswerMatcher Make(Key key) { return AnswerMatcher(new AnswerIs(std::move(key))); }  // Matcher owns it

Key NumberKey(std::int64_t expected) {
  const auto right = [expected](const QuizAnswer::Value& value) { return AsText(value) == std::to_string(expected); };
  return {"a whole number", HoldsTextOrNumber, right, {}};
}

}  // namespace

AnswerMatcher AnswersText(std::string expected) { return AnswersOneOf({std::move(expected)}); }

AnswerMatcher AnswersOneOf(std::vector<std::string> accepted) {
  const auto right = [accepted = std::move(accepted)](const QuizAnswer::Value& value) {
    const auto said = AsText(value);
    return std::any_of(accepted.begin(), accepted.end(), [&said](const auto& text) { return Plain(text) == said; });
  };
  return Make({"a text in quotes", HoldsTextOrNumber, right, {}});
}

AnswerMatcher AnswersNumber(std::int64_t expected) { return Make(NumberKey(expected)); }

AnswerMatcher AnswersTruth(Truth expected) {
  const auto right = [expected](const QuizAnswer::Value& value) {
    return std::get<bool>(value) == (expected == Truth::kTrue);
  };
  return Make({"true or false", Holds<bool>, right, {}});
}

AnswerMatcher AnswersNumberShownBy(const observe::Observation& run, std::int64_t expected) {
  auto key = NumberKey(expected);
  key.shown_by = CommandLine(run);
  return Make(std::move(key));
}

}  // namespace grader::checks
