#include "grader/cli/version.h"

namespace grader::cli {

const char* const kVersion = GRADE_VERSION;

}  // namespace grader::cli
