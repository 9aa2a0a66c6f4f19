#include <fmt/format.h>

#include <climits>
#include <regex>

#include "grader/checks/vocabulary.h"
#include "own_lines.h"

namespace grader::checks {
namespace {

// Three ints of a line "child 1 2 3"; a number that is too long for an int fits none.
struct Line {
  std::string who;
  std::vector<std::string> numbers;
};

std::optional<Line> Parse(const std::string& text) {
  static const std::regex kLine("(parent|child) (-?[0-9]+) (-?[0-9]+) (-?[0-9]+)");
  std::smatch match;
  if (!std::regex_match(text, match, kLine)) return std::nullopt;
  return Line{match[1], {match[2], match[3], match[4]}};
}

std::optional<Problem> JudgeLine(const Line& line, const std::string& number) {
  for (std::size_t i = 0; i < line.numbers.size(); ++i) {
    static const std::vector<std::string> kNames = {"global", "heap", "stack"};
    const auto same = line.numbers[i] == number;
    if (line.who == "parent" && !same) {
      return Problem{fmt::format("the parent's {} int is {}, not {}", kNames[i], line.numbers[i], number), {}, {}};
    }
    if (line.who == "child" && same) {
      return Problem{
          fmt::format("the child's {} int is still {}; it should have changed it", kNames[i], number), {}, {}};
    }
  }
  return std::nullopt;
}

RunMatcher ShowsTwoCopies(int number) {
  const auto expected = fmt::format(
      "one line of the child, with three other numbers than {0}, and then one of the "
      "parent, with {0} three times",
      number);
  return Judge(expected, [number](const Observation& run) -> std::optional<Problem> {
    const auto lines = Lines(run);
    std::vector<std::string> order;
    for (const auto& text : lines) {
      const auto line = Parse(text);
      if (!line) return Problem{"it printed a line that is none of the two", {text.substr(0, 120)}, {}};
      if (auto problem = JudgeLine(*line, std::to_string(number))) return problem;
      order.push_back(line->who);
    }
    if (order == std::vector<std::string>{"child", "parent"}) return std::nullopt;
    if (order == std::vector<std::string>{"parent", "child"}) {
      return Problem{"the parent's line came first, before the child had changed anything", {}, {}};
    }
    return Problem{
        "it printed " + Count(lines.size(), "line", "lines") + " instead of one of each", Bounded(lines), {}};
  });
}

LAB_CHECK(Fork, MemoryShowsTwoCopies, .points = 6,
          .hint =
              "fork copies global, heap and stack: what the child changes, the parent cannot see. Read the number as "
              "a signed int.",
          .title = "memory: the child's changes do not reach the parent") {
  std::vector<int> numbers = {0, -1, INT_MAX, INT_MIN};
  numbers.push_back(static_cast<int>(random().Integer(2, 1'000'000)));
  numbers.push_back(static_cast<int>(random().Integer(-1'000'000, -2)));
  auto level = TraceLevel::kLifecycle;  // at first: a deadlock is proved in a watched run only
  for (const int number : numbers) {
    const auto run = Run({.args = {"memory", std::to_string(number)}, .level = level});
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, ShowsTwoCopies(number));
    level = TraceLevel::kNone;
  }
}

RunMatcher HasOneForkedChild() {
  return Judge("it makes one child, by fork", [](const Observation& run) -> std::optional<Problem> {
    if (run.processes.size() != 2) {
      return Problem{"it made " + Count(run.processes.size() - 1, "child", "children"), {}, {}};
    }
    const auto& child = run.processes[1];
    if (child.creation == observe::Creation::kFork) return std::nullopt;
    const auto how = child.creation == observe::Creation::kVfork ? "vfork" : "clone, sharing what fork would copy";
    return Problem{fmt::format("{} was made by {}", Name(child), how), {}, PlaceOf(child.created_at)};
  });
}

LAB_CHECK(Fork, MemoryReallyForks, .points = 4,
          .hint =
              "vfork lends the parent's memory to the child instead of copying it, and MAP_SHARED memory is one for "
              "both. Use fork and ordinary variables.",
          .title = "memory: it is a real fork") {
  const auto number = std::to_string(random().Integer(2, 1'000'000));
  const auto run = Run({"memory", number});
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, HasOneForkedChild());
  ForEachSchedule(1, {.args = {"memory", number}},
                  [](const Observation& watched) { EXPECT_THAT(watched, lab01::HasTwoThatPrint()); });
}

}  // namespace
}  // namespace grader::checks
