#include "grader/checks/quiz.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "grader/checks/answers.h"
#include "grader/checks/errors.h"
#include "grader/checks/lab_check.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using AnswerMatcher = ::testing::Matcher<const QuizAnswer&>;

class QuestionCheck : public LabCheck {
 public:
  QuestionCheck(std::string question, AnswerMatcher right) : question_(std::move(question)), right_(std::move(right)) {}

 private:
  void Body() override { EXPECT_THAT(Answer(question_), right_); }

  std::string question_;
  AnswerMatcher right_;
};

std::int64_t CountZombiesLeft(const observe::Observation& run) {
  return std::ranges::count_if(run.processes, &observe::ProcessRecord::left_as_zombie);
}

// The number that the only line of its output is.
std::int64_t NumberPrinted(const observe::Observation& run) {
  const auto text = run.out.text();
  std::int64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) throw std::logic_error("the probe of a quiz printed no number: " + text.substr(0, 80));
  return number;
}

using Measure = std::function<std::int64_t(const observe::Observation&)>;

const std::map<std::string, Measure>& Measures() {
  static const std::map<std::string, Measure> measures = {
      {"processes", [](const observe::Observation& run) { return static_cast<std::int64_t>(run.processes.size()); }},
      {"lines", [](const observe::Observation& run) { return static_cast<std::int64_t>(Lines(run).size()); }},
      {"zombies_left", CountZombiesLeft},
      {"output", NumberPrinted},
  };
  return measures;
}

// A question that a run of a probe answers. The run is not one of LabCheck's: what it printed would be shown.
class ObservedQuestionCheck : public LabCheck {
 public:
  ObservedQuestionCheck(std::string question, std::string probe, Measure truth)
      : question_(std::move(question)), probe_(std::move(probe)), truth_(std::move(truth)) {}

 private:
  void Body() override {
    const auto run = RunProbe();
    EXPECT_THAT(Answer(question_), AnswersNumberShownBy(run, truth_(run)));
  }

  observe::Observation RunProbe() {
    const auto& program = Probe(probe_);
    observe::RunRequest request;
    request.command.argv = program.argv;
    request.files = program.files;
    request.limits = limits();
    auto run = observe::Observe(spawner(), std::move(request));
    if (!std::holds_alternative<observe::Exited>(run.outcome)) {
      throw std::runtime_error("the probe " + probe_ + " of a quiz " + observe::Describe(run.outcome));
    }
    return run;
  }

  std::string question_;
  std::string probe_;
  Measure truth_;
};

// One [[question]], with errors that name file and line.
class Question {
 public:
  Question(const std::filesystem::path& file, const toml::table& table) : file_(file), table_(table) {}

  std::string Text(const char* key) const {
    const auto text = table_[key].value_exact<std::string>();
    if (!text || text->empty()) Refuse(fmt::format("a question needs the text `{}`", key));
    return *text;
  }

  std::string OptionalText(const char* key) const { return table_[key].value<std::string>().value_or(""); }

  double Points() const {
    const auto points = table_["points"].value<double>();
    if (!points || *points < 0) Refuse("a question needs `points`, 0 or more");
    return *points;
  }

  CheckFactory Check() const {
    const auto id = Text("id");
    if (!table_.contains("probe")) {
      return [id, right = Right()] { return std::make_unique<QuestionCheck>(id, right); };
    }
    const auto truth = Measures().find(Text("truth"));
    if (truth == Measures().end()) Refuse("`truth` is one of processes, lines, zombies_left, output");
    return [id, probe = Text("probe"), truth = truth->second] {
      return std::make_unique<ObservedQuestionCheck>(id, probe, truth);
    };
  }

  int line() const { return static_cast<int>(table_.source().begin.line); }

 private:
  AnswerMatcher Right() const {
    const auto answer = table_["answer"];
    if (const auto text = answer.value_exact<std::string>()) return AnswersText(*text);
    if (const auto number = answer.value_exact<std::int64_t>()) return AnswersNumber(*number);
    if (const auto truth = answer.value_exact<bool>()) return AnswersTruth(*truth ? Truth::kTrue : Truth::kFalse);
    if (const auto* list = answer.as_array(); list != nullptr && !list->empty()) return AnswersOneOf(Texts(*list));
    Refuse("a question needs `answer`: a text, a whole number, true or false, or a list of accepted texts");
  }

  std::vector<std::string> Texts(const toml::array& list) const {
    std::vector<std::string> texts;
    for (const auto& element : list) {
      const auto text = element.value_exact<std::string>();
      if (!text) Refuse("the list `answer` holds something that is no text");
      texts.push_back(*text);
    }
    return texts;
  }

  [[noreturn]] void Refuse(const std::string& what) const {
    throw UsageError(fmt::format("{}:{}: {}", file_.string(), line(), what));
  }

  const std::filesystem::path& file_;
  const toml::table& table_;
};

// "letter_blocked" -> "LetterBlocked": ids of checks look alike, wherever they come from.
std::string CheckName(const std::string& question) {
  std::string name;
  auto capital = true;
  for (const char c : question) {
    if (c != '_') name += capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    capital = c == '_';
  }
  return name;
}

std::string Spaced(std::string question) {
  std::ranges::replace(question, '_', ' ');
  return question;
}

RegisteredCheck ToCheck(const Question& question, const CheckPlace& place) {
  const auto id = question.Text("id");
  CheckInfo info;
  info.id = place.suite + "." + CheckName(id);
  info.title = "quiz: " + Spaced(id);
  info.points = question.Points();
  info.hint = "The question is: " + question.Text("ask") + " " + question.OptionalText("hint");
  info.file = "quiz.toml";
  info.line = question.line();
  return {std::move(info), question.Check()};
}

toml::table Parse(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    throw UsageError(fmt::format("{}:{}: {}", file.string(), line, error.description()));
  }
}

}  // namespace

std::vector<RegisteredCheck> QuizChecks(const std::filesystem::path& quiz_toml, const CheckPlace& place) {
  const auto quiz = Parse(quiz_toml);
  const auto* questions = quiz["question"].as_array();
  if (questions == nullptr || !questions->is_array_of_tables()) {
    throw UsageError(quiz_toml.string() + ": has no [[question]]; add one, or remove LAB_QUIZ() from the checks");
  }
  std::vector<RegisteredCheck> checks;
  for (const auto& element : *questions) checks.push_back(ToCheck(Question(quiz_toml, *element.as_table()), place));
  return checks;
}

}  // namespace grader::checks
