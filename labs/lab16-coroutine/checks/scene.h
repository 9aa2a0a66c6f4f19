// A run of the driver, which plays a scene with the submission's classes.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <variant>
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

  // The same with many stacks, of which little is used. Where no cgroup counts memory its limit bounds address space,
  // which such stacks take far more of: there the samples of what is in memory are judged.
  void TellsInLittleMemory(std::string description, Words words, Words lines) {
    if (CountsMemory()) return Tells(std::move(description), std::move(words), std::move(lines));
    auto options = Scene(std::move(description), std::move(words));
    options.limits = limits();
    options.limits->memory = os::MiB(1024);
    const auto run = Run(std::move(options));
    const auto* const exited = std::get_if<observe::Exited>(&run.outcome);
    if (exited == nullptr || exited->code != 0) {
      return Skip("without a memory cgroup this machine cannot tell memory that is used from memory that is reserved");
    }
    ASSERT_THAT(run, HasOneThread());
    EXPECT_THAT(run, PrintsLines(std::move(lines)));
    if (run.usage.memory_peak <= limits().memory) return;
    Fail(run, fmt::format("{} MiB of memory are enough", InMiB(limits().memory)),
         {fmt::format("{} MiB were in use at once", InMiB(run.usage.memory_peak)), {}, {}});
  }

  std::string Name() { return random().Name(); }
  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }

 private:
  bool CountsMemory() {
    return std::ranges::any_of(spawner().tier().facilities, [](const sandbox::Facility& facility) {
      return facility.works && facility.name == "memory cgroup";
    });
  }

  static std::uint64_t InMiB(os::Bytes memory) { return memory.count >> 20; }
};

}  // namespace grader::checks::lab16
