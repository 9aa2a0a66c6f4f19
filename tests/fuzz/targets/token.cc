// Tokens that people copy.
#include "grader/schedule/token.h"
#include "grader/cli/errors.h"
#include "grader/cli/replay_token.h"
#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  const std::string text(bytes);
  try {
    const cli::ReplayToken token = cli::ParseReplayToken(text);
    Require(!token.check.empty() && !token.schedule.empty(), "a token names a check and a schedule");
  } catch (const cli::UsageError&) {
  }
  const auto token = schedule::TokenFromText(text);
  if (!token) return;
  const std::string again = schedule::ToText(*token);
  const auto same = schedule::TokenFromText(again);
  Require(same && schedule::ToText(*same) == again, "a token survives the trip");
}

}  // namespace grader::fuzz
