#include "grader/cli/interruptible.h"

#include <string.h>

#include <iostream>

namespace grader::cli {

Interruptible::~Interruptible() {
  if (const auto signal = termination_.Asked()) {
    std::cerr << "grade: interrupted (" << strsignal(*signal) << "); " << rest_ << std::endl;
  }
}

}  // namespace grader::cli
