#include "scene.h"

#include <charconv>
#include <sstream>

namespace grader::checks::lab07 {

RunOptions ShmCheck::Play(Scene scene) {
  auto tight = limits();
  tight.wall_time = 10s;
  return {.args = std::move(scene.args), .limits = tight, .scenario = std::move(scene.scenario)};
}

void ShmCheck::ExpectLines(Scene scene, std::vector<std::string> lines) {
  const auto run = Run(Play(std::move(scene)));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, PrintsLines(std::move(lines)));
}

void ShmCheck::ExpectLinesAtEachMoment(const Moments& moments, const RunOptions& options,
                                       std::vector<std::string> lines) {
  AtEachMoment(moments, options, [&](const Observation& run) {
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, PrintsLinesInAnyOrder(lines));
  });
}

Observation ShmCheck::RunSlowly(Scene scene, int words) {
  constexpr auto kLong = 150ms;
  constexpr auto kTooLong = 1200ms;  // who is not asleep by then has used enough processor time to prove it
  auto options = Play(std::move(scene));
  options.level = TraceLevel::kBlocking;
  const auto program = Start(std::move(options));
  for (int word = 0; word < words; ++word) {
    std::optional<std::chrono::microseconds> since;
    program->WaitUntil([&](const observe::Progress& now) {
      if (!since) since = now.fair_time;
      const auto waited = now.fair_time - *since;
      return waited > kTooLong || (waited > kLong && now.everybody_asleep);
    });
    program->Write("go\n");
  }
  return program->Finish();
}

RunMatcher SleepsAllTheTime() {
  return JudgeWhileRunning("who waits sleeps until it is woken", [](const Observation& run) -> std::optional<Problem> {
    constexpr auto kEnough = 250ms;  // for all that the processes do besides waiting
    std::chrono::microseconds used{0};
    for (const auto& process : run.processes) used += process.activity.cpu_time;
    if (used <= kEnough) return std::nullopt;
    return Problem{
        fmt::format("together they used {} of processor time while they had only to wait", checks::InWords(used)),
        {},
        {}};
  });
}

long long NumberIn(const std::string& text) {
  long long number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::vector<std::string> Split(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream stream(line);
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

}  // namespace grader::checks::lab07
