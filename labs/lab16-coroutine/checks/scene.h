// A run of the driver, which plays a scene with the submission's classes.
#pragma once

#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab16 {

using Words = std::vector<std::string>;

inline RunMatcher HasOneThread() {
  return Judge("all runs in one thread", [](const Observation& run) -> std::optional<Problem> {
    if (run.processes.size() == 1 && run.processes[0].threads.size() == 1) return std::nullopt;
    std::size_t threads = 0;
    for (const auto& process : run.processes) threads += process.threads.size();
    return Problem{"there were " + Count(run.processes.size(), "process", "processes") + ", with " +
                       Count(threads, "thread", "threads"),
                   {},
                   {}};
  });
}

class SceneCheck : public LabCheck {
 protected:
  // Plays a scene; description is what it does, as a student would write it.
  static RunOptions Scene(std::string description, Words words) {
    return {.args = std::move(words), .program = "driver", .scenario = std::move(description)};
  }

  // Exactly these lines come out.
  void Tells(std::string description, Words words, Words lines) {
    const auto run = Run(Scene(std::move(description), std::move(words)));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, HasOneThread());
    EXPECT_THAT(run, PrintsLines(std::move(lines)));
  }

  void TellsInAnyOrder(std::string description, Words words, Words lines) {
    const auto run = Run(Scene(std::move(description), std::move(words)));
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, HasOneThread());
    EXPECT_THAT(run, PrintsLinesInAnyOrder(std::move(lines)));
  }

  std::string Name() { return random().Name(); }
  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }
};

}  // namespace grader::checks::lab16
