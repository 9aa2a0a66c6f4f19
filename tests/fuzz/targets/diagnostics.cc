// What a compiler says of a student's source.
#include "grader/build/diagnostics.h"

#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  const build::Diagnostics diagnostics = build::ReadDiagnostics(std::string(bytes));
  Require(diagnostics.text.size() < 64 * 1024, "messages are bounded");
  Require(diagnostics.errors >= 0 && diagnostics.warnings >= 0, "counts are counts");
}

}  // namespace grader::fuzz
