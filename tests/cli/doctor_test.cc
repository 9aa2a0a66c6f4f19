#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Doctor, TriesThisMachine) {
  const FakeCourse course;
  course.TakeRuntime(SCHEDULE_RUNTIME);
  const Ended ended = course.Run({"doctor"});
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_THAT(ended.out, AllOf(HasSubstr("Isolation: "), HasSubstr("C++: "), HasSubstr("Python: "),
                               HasSubstr("cgroups: "), HasSubstr("this machine can grade.\n")));
}

}  // namespace
}  // namespace grader::cli
