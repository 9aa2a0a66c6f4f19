#include "grader/observe/final_outcome.h"

#include <csignal>
#include <stdexcept>

namespace grader::observe {

Outcome FinalOutcome(const std::optional<Outcome>& cause, const ProcessRecord& program, const sandbox::Usage& usage,
                     const sandbox::Limits& limits) {
  if (cause) return *cause;
  if (usage.out_of_memory) return OutOfMemory{};
  if (usage.out_of_processes) return TooManyProcesses{};
  if (!program.status) throw std::runtime_error("the sandbox ended without the program's exit status");
  const ExitStatus& status = *program.status;
  if (!status.signaled) return Exited{status.code};
  const bool cpu_signal = status.code == SIGXCPU || status.code == SIGKILL;
  if (cpu_signal && usage.cpu_time >= limits.cpu_time) return OutOfTime{sandbox::Limit::kCpuTime};
  return Signaled{status.code, program.ended_at};
}

}  // namespace grader::observe
