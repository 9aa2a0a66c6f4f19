#include "grader/report/machine.h"

#include <gtest/gtest.h>

namespace grader::report {
namespace {

TEST(Machine, KnowsItself) {
  const Machine machine = ThisMachine();
  EXPECT_NE(machine.host, "");
  EXPECT_NE(machine.system, "");
  EXPECT_NE(machine.kernel, "unknown");
  EXPECT_GE(machine.processors, 1);
}

}  // namespace
}  // namespace grader::report
