// What the checks of this lab ask of a run's processes. The program itself is P in the comments.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <vector>

#include "grader/checks/vocabulary.h"

namespace grader::checks::lab02 {

using Records = std::vector<const ProcessRecord*>;

// P's own children, in the order of their birth.
Records ChildrenOfProgram(const Observation& run);

// The process of that id, if the run had one.
const ProcessRecord* FindProcess(const Observation& run, pid_t pid);

// Exactly so many children of P. Also of runs that the check stopped.
RunMatcher StartsChildren(int count);

// Pids as lines of output hold them; what is no pid is 0, which no process has.
pid_t ParsePid(const std::string& digits);

class ReapCheck : public LabCheck {
 protected:
  // Why it cannot be told who adopts orphans, where that is not process 1; empty if it is.
  std::string WhyAdopterIsUnknown() {
    const auto tier = spawner().tier().tier;
    if (tier == sandbox::Tier::kFull) return {};
    return fmt::format(
        "on this machine orphans are adopted by a process of the grader that the check does not know "
        "(isolation: {}; `grade doctor` tells why)",
        sandbox::TierName(tier));
  }

  // Runs until the matcher is satisfied, at most so often, or another judgement fails. For judgements that rest on
  // time: what the machine does to one run it hardly does to three.
  void ExpectInOneOf(int attempts, const std::function<Observation()>& run_once, const RunMatcher& matcher);

  // The program as a child of probes/adopter.cpp, which is process 0 of the run: its orphans are adopted by one that is
  // not process 1.
  RunOptions Adopted(const std::string& command);

  // Judges the program under many orders of steps, in which no sleep is long enough. An interpreter takes thousands of
  // steps, so Python is tried under fewer.
  void UnderSchedules(std::vector<std::string> args, const std::vector<RunMatcher>& matchers);

  // `nohang`, to its end, or until it has gone on ticking for long although all its children have ended: one that
  // misses a child would tick for ever.
  Observation RunNohang(int children, TraceLevel level = TraceLevel::kLifecycle);

  // Closely watched, and with little processor time to burn.
  RunOptions Watched(std::vector<std::string> args);

  // Stops the program as soon as it is ready, so that whoever waits for it has to wait for long. Then all is ended: a
  // program need not cope with SIGCONT.
  Observation RunHeldUp(RunOptions options, const std::function<bool(const observe::Progress&)>& ready);

  int Between(int low, int high) { return static_cast<int>(random().Integer(low, high)); }
};

}  // namespace grader::checks::lab02
