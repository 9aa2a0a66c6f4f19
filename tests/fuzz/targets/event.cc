// One line from the checks executable.
#include <stdexcept>

#include "grader/checks/protocol.h"
#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  try {
    const std::string line = checks::ToLine(checks::FromLine(bytes));
    Require(line.find('\n') == std::string::npos, "an event is one line");
    Require(checks::ToLine(checks::FromLine(line)) == line, "an event survives the trip");
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace grader::fuzz
