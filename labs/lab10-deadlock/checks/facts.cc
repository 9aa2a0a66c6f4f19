#include "facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace grader::checks::lab10 {
namespace {

std::string Difference(const Meaning& meaning, const Values& told, const Values& wanted) {
  for (std::size_t i = 0; i < std::min(told.size(), wanted.size()); ++i) {
    if (told[i] == wanted[i]) continue;
    const auto which = wanted.size() == 1 ? meaning.noun : fmt::format("{}, the {}. time,", meaning.noun, i + 1);
    return fmt::format("{} was {} instead of {}", which, told[i], wanted[i]);
  }
  return fmt::format("{} was told {} instead of {}", meaning.noun, Count(told.size(), "time", "times"), wanted.size());
}

}  // namespace

std::string Text(std::int64_t number) { return std::to_string(number); }

Values ValuesOf(const Observation& run, const std::string& key) {
  Values values;
  for (const auto& line : Lines(run)) {
    if (line.starts_with(key + " ")) values.push_back(line.substr(key.size() + 1));
  }
  return values;
}

RunMatcher Tells(Meaning meaning, Values values) {
  const auto expected = meaning.expected;
  return Judge(
      expected,
      [meaning = std::move(meaning), values = std::move(values)](const Observation& run) -> std::optional<Problem> {
        const auto told = ValuesOf(run, meaning.key);
        if (told == values) return std::nullopt;
        return Problem{Difference(meaning, told, values), {}, {}};
      });
}

RunMatcher TellsInAnyOrder(Meaning meaning, Values values) {
  const auto expected = meaning.expected;
  std::ranges::sort(values);
  return Judge(
      expected,
      [meaning = std::move(meaning), values = std::move(values)](const Observation& run) -> std::optional<Problem> {
        auto told = ValuesOf(run, meaning.key);
        std::ranges::sort(told);
        if (told == values) return std::nullopt;
        return Problem{fmt::format("in some order: {}", Difference(meaning, told, values)), {}, {}};
      });
}

RunMatcher WaitsWithoutComputing() {
  return Judge("who waits sleeps: it takes no processor time", [](const Observation& run) -> std::optional<Problem> {
    const auto told = ValuesOf(run, "effort");
    std::istringstream words(told.size() == 1 ? told[0] : "");
    std::int64_t own = 0;
    std::int64_t others = 0;
    if (!(words >> own >> others)) return Problem{"the driver did not come to its end", {}, {}};
    if (others < own / 5) return std::nullopt;
    return Problem{fmt::format("while one thread computed for {} ms, those who waited for it computed for {} ms",
                               own / 1000, others / 1000),
                   {},
                   {}};
  });
}

void DeadlockCheck::InEveryOrder(std::string scenario, Values args,
                                 const std::function<void(const Observation&)>& judge) {
  Explore({.args = std::move(args), .scenario = std::move(scenario)}, [&](const ScheduledRun& run) {
    ASSERT_THAT(run, ExitsCleanly());
    judge(run);
  });
}

}  // namespace grader::checks::lab10
