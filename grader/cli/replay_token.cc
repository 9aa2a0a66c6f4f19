#include "grader/cli/replay_token.h"

#include <charconv>

#include "grader/cli/errors.h"

namespace grader::cli {

ReplayToken ParseReplayToken(const std::string& text) {
  const auto at = text.find('@');
  const auto slash = text.find('/', at == std::string::npos ? 0 : at);
  ReplayToken token;
  if (at != std::string::npos && at > 0 && slash != std::string::npos && slash + 1 < text.size()) {
    const char* const end = text.data() + slash;
    const auto [read, error] = std::from_chars(text.data() + at + 1, end, token.seed);
    if (error == std::errc() && read == end) {
      token.check = text.substr(0, at);
      token.schedule = text.substr(slash + 1);
      return token;
    }
  }
  throw UsageError("'" + text + "' is no token of a schedule; copy the one that a failure shows behind --replay");
}

}  // namespace grader::cli
