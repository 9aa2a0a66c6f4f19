#include "facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <sstream>

namespace grader::checks::lab05 {
namespace {

// A digest, in words.
std::string Shown(const std::string& value) {
  const auto colon = value.find(':');
  return colon == value.npos ? value : "a text of " + value.substr(0, colon) + " bytes";
}

std::string Difference(const Meaning& meaning, const Values& told, const Values& wanted) {
  for (std::size_t i = 0; i < std::min(told.size(), wanted.size()); ++i) {
    if (told[i] == wanted[i]) continue;
    const auto which = wanted.size() == 1 ? meaning.noun : fmt::format("{} number {}", meaning.noun, i + 1);
    const auto found = Shown(told[i]);
    const auto expected = Shown(wanted[i]);
    if (found == expected) return fmt::format("{} was {} that is not the right one", which, found);
    return fmt::format("{} was {} instead of {}", which, found, expected);
  }
  return fmt::format("there were {} instead of {}", told.size(),
                     Count(wanted.size(), meaning.noun, meaning.noun + "s"));
}

}  // namespace

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

std::string Fate::Told() const {
  const auto times = [](int count) {
    return count == 0 ? std::string("never") : count == 1 ? "once" : fmt::format("{} times", count);
  };
  const bool value = !ending.empty() && (std::isdigit(static_cast<unsigned char>(ending[0])) != 0 || ending[0] == '-');
  return fmt::format("task {} was begun {} and finished {}; get() {} {}", task, times(begun), times(finished),
                     value ? "returned" : "threw", ending);
}

std::vector<Fate> FatesOf(const Observation& run) {
  std::vector<Fate> fates;
  for (const auto& told : ValuesOf(run, "task")) {
    std::istringstream words(told);
    Fate fate;
    if (words >> fate.task >> fate.ending >> fate.begun >> fate.finished) fates.push_back(fate);
  }
  return fates;
}

RunMatcher LosesOnly(const std::vector<int>& lost, int tasks) {
  const auto expected = lost.empty() ? std::string("every task is done once, and none is lost")
                                     : "only the tasks that killed their workers are lost; every other is done once";
  return Judge(expected, [=](const Observation& run) -> std::optional<Problem> {
    const auto fates = FatesOf(run);
    std::vector<std::string> wrong;
    for (const auto& fate : fates) {
      const bool may_be_lost = std::ranges::count(lost, fate.task) != 0;
      if (!(may_be_lost ? fate.lost() && fate.finished == 0 : fate.done())) wrong.push_back(fate.Told());
    }
    if (wrong.empty() && fates.size() == static_cast<std::size_t>(tasks)) return std::nullopt;
    const auto happened = wrong.empty() ? fmt::format("the fate of only {} of {} tasks is known", fates.size(), tasks)
                                        : fmt::format("{} of {} tasks fared otherwise", wrong.size(), tasks);
    return Problem{happened, Bounded(std::move(wrong)), {}};
  });
}

std::string Digest(const std::string& text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  return fmt::format("{}:{}", text.size(), hash);
}

std::string Shifted(std::string text, int by) {
  for (char& letter : text) letter = static_cast<char>(letter + by);
  return text;
}

RunMatcher ReapsItsWorkers() { return AllOf(LeavesNoZombie(), LeavesNoStray()); }

}  // namespace grader::checks::lab05
