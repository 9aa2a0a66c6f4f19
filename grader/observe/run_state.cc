#include "grader/observe/run_state.h"

#include <utility>

namespace grader::observe {

void RunState::EndAs(Outcome outcome) {
  const bool may_be_late =
      std::holds_alternative<CouldNotStart>(outcome) || std::holds_alternative<TooMuchOutput>(outcome) ||
      std::holds_alternative<OutOfMemory>(outcome) || std::holds_alternative<TooManyProcesses>(outcome);
  if (cause || (program_ended && !may_be_late)) return;
  cause = std::move(outcome);
}

}  // namespace grader::observe
