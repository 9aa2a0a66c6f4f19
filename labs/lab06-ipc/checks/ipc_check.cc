#include "ipc_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <sstream>

#include "../probes/content.h"

namespace grader::checks::lab06 {
namespace {

std::vector<std::string> Alternatives(const std::string& outcomes) {
  std::vector<std::string> found;
  std::istringstream stream(outcomes);
  for (std::string one; std::getline(stream, one, '|');) found.push_back(one);
  return found;
}

bool IsNumber(const std::string& text) { return !text.empty() && text.find_first_not_of("0123456789") == text.npos; }

// Where the message is as long as it should be, what is wrong are its bytes.
std::string Instead(const std::string& outcome, const std::string& wanted) {
  const auto space = outcome.find(' ');
  if (space != outcome.npos && wanted.substr(0, space + 1) == outcome.substr(0, space + 1)) {
    return InWords(outcome) + ", with other bytes in it";
  }
  return InWords(outcome);
}

std::optional<Problem> JudgeOutcomes(const Observation& run, const Expected& expected) {
  if (!run.out.complete()) return Problem{"it printed more than is looked at", {}, {}};
  const auto told = Told(run, expected.what);
  const auto& wanted = expected.outcomes;
  for (std::size_t i = 0; i < std::max(told.size(), wanted.size()); ++i) {
    const auto which = wanted.size() == 1 ? std::string() : fmt::format("call {} of {}: ", i + 1, wanted.size());
    if (i >= told.size()) return Problem{which + "it never came to that", {}, {}};
    if (i >= wanted.size()) return Problem{fmt::format("a further call: {}", InWords(told[i])), {}, {}};
    const auto right = Alternatives(wanted[i]);
    if (std::ranges::count(right, told[i]) != 0) continue;
    return Problem{which + Instead(told[i], right.front()), {"right would be: " + InWords(right.front())}, {}};
  }
  return std::nullopt;
}

// Calls where nothing should be thrown tell only if something was.
RunMatcher ThrowsOnlyWhatItShould() {
  return Judge("no call throws without a reason", [](const Observation& run) -> std::optional<Problem> {
    for (const auto* where : {"driver", "child"}) {
      const auto told = Told(run, where);
      if (!told.empty()) return Problem{"a call that should just return: " + InWords(told.front()), {}, {}};
    }
    return std::nullopt;
  });
}

}  // namespace

std::string Sent(std::int64_t seed, std::size_t number, std::size_t size) {
  return content::Told(content::Message(static_cast<std::uint64_t>(seed), number, size));
}

std::vector<std::string> Told(const Observation& run, const std::string& what) {
  std::vector<std::string> outcomes;
  for (const auto& line : Lines(run)) {
    if (line.starts_with(what + ' ')) outcomes.push_back(line.substr(what.size() + 1));
  }
  return outcomes;
}

std::vector<std::string> SentBeforeItSlept(const Observation& run, std::int64_t seed, std::size_t size) {
  const auto told = Told(run, "sent");
  constexpr int kMost = 1000;  // more than the driver ever sends
  const int count = told.empty() ? 0 : std::min(std::atoi(told.front().c_str()), kMost);
  std::vector<std::string> sent;
  for (int number = 1; number <= count; ++number) sent.push_back(Sent(seed, static_cast<std::size_t>(number), size));
  return sent;
}

std::string InWords(const std::string& outcome) {
  for (const std::string name : {"Closed", "Disconnected", "Full", "Empty"}) {
    if (outcome == name) return "it threw ipc::" + name;
  }
  for (const std::string name : {"length_error", "invalid_argument", "logic_error", "system_error"}) {
    if (outcome == name) return "it threw std::" + name;
  }
  if (outcome == "returned") return "it returned";
  if (outcome == "true" || outcome == "false" || IsNumber(outcome)) return "it returned " + outcome;
  const auto space = outcome.find(' ');
  if (space != outcome.npos && IsNumber(outcome.substr(0, space)) && IsNumber(outcome.substr(space + 1))) {
    return "a message of " + Count(std::stoull(outcome.substr(0, space)), "byte", "bytes");
  }
  return outcome.starts_with("exception: ") ? "it threw a std::" + outcome : outcome;
}

RunMatcher Tells(Expected expected) {
  return Judge(expected.sentence, [expected](const Observation& run) { return JudgeOutcomes(run, expected); });
}

RunMatcher GivesUpInTime(const std::string& sentence, const std::string& what, const std::string& outcome) {
  return Judge(sentence, [what, outcome](const Observation& run) -> std::optional<Problem> {
    const auto told = Told(run, what);
    if (told.empty()) return Problem{"it never came to that", {}, {}};
    for (const auto& line : told) {
      std::istringstream stream(line);
      std::int64_t timeout = 0;
      std::string came;
      std::int64_t time = 0;
      stream >> timeout >> came >> time;
      // Two clocks may run apart by a thousandth; none by a tenth of a millisecond in so short a time.
      const auto least = timeout - timeout / 1000 - 100'000;
      if (came == outcome && time >= least) continue;
      const auto in_words = [](std::int64_t nanoseconds) {
        return grader::checks::InWords(std::chrono::microseconds(nanoseconds / 1000));
      };
      return Problem{
          fmt::format("with a timeout of {}: {} after {}", in_words(timeout), InWords(came), in_words(time)), {}, {}};
    }
    return std::nullopt;
  });
}

RunOptions IpcCheck::Scenario(std::vector<std::string> args, std::string code, TraceLevel level) {
  RunOptions options;
  options.args = std::move(args);
  options.level = level;
  options.scenario = std::move(code);
  return options;
}

void IpcCheck::ExpectAll(const Observation& run, const std::vector<Expected>& expected) {
  ASSERT_THAT(run, ThrowsOnlyWhatItShould());
  ASSERT_THAT(run, ExitsCleanly());
  for (const auto& one : expected) ASSERT_THAT(run, Tells(one));
}

}  // namespace grader::checks::lab06
