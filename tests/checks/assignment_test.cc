#include "grader/checks/assignment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

Assignment Whole() {
  Assignment assignment;
  assignment.lab = "lab02-reap";
  assignment.submission = "/home/a student/\xff";
  assignment.lab_folder = "/course/labs/lab02-reap";
  assignment.cache = "/cache";
  assignment.lender = "/reference";
  assignment.runtime = "/lib/runtime.so";
  assignment.programs = {
      {"reap", {"reap.cpp", "tick.cpp"}, {"/course/probe.cpp"}, {"/course/task.hpp"}, {"-DX=\"y\""}, true}};
  assignment.limits.cpu_time = std::chrono::milliseconds(1234);
  assignment.limits.memory = os::MiB(77);
  assignment.limits.output = os::KiB(5);
  assignment.seed = 0xfedcba9876543210;
  assignment.only = {"Reap.*"};
  assignment.attempt = 17;
  assignment.jobs = 3;
  return assignment;
}

TEST(Assignment, SurvivesTheTrip) {
  const auto before = Whole();
  const auto after = AssignmentFromJson(ToJson(before));
  EXPECT_EQ(after.lab, before.lab);
  EXPECT_EQ(after.attempt, 17);
  EXPECT_EQ(after.submission, before.submission);
  EXPECT_EQ(after.lab_folder, before.lab_folder);
  EXPECT_EQ(after.cache, before.cache);
  EXPECT_EQ(after.lender, before.lender);
  EXPECT_EQ(after.runtime, before.runtime);
  ASSERT_EQ(after.programs.size(), 1u);
  EXPECT_EQ(after.programs[0].name, "reap");
  EXPECT_THAT(after.programs[0].sources, ElementsAre("reap.cpp", "tick.cpp"));
  EXPECT_THAT(after.programs[0].extra_sources, ElementsAre("/course/probe.cpp"));
  EXPECT_THAT(after.programs[0].given, ElementsAre("/course/task.hpp"));
  EXPECT_THAT(after.programs[0].flags, ElementsAre("-DX=\"y\""));
  EXPECT_TRUE(after.programs[0].accept_python);
  EXPECT_EQ(after.limits.cpu_time, before.limits.cpu_time);
  EXPECT_EQ(after.limits.wall_time, before.limits.wall_time);
  EXPECT_EQ(after.limits.memory, before.limits.memory);
  EXPECT_EQ(after.limits.processes, before.limits.processes);
  EXPECT_EQ(after.limits.open_files, before.limits.open_files);
  EXPECT_EQ(after.limits.file_size, before.limits.file_size);
  EXPECT_EQ(after.limits.disk, before.limits.disk);
  EXPECT_EQ(after.limits.output, before.limits.output);
  EXPECT_EQ(after.seed, before.seed);
  EXPECT_THAT(after.only, ElementsAre("Reap.*"));
  EXPECT_EQ(after.jobs, 3);
}

TEST(Assignment, NamesTheFieldThatIsWrong) {
  EXPECT_THAT([] { AssignmentFromJson("{}"); }, ThrowsMessage<std::invalid_argument>(HasSubstr("lab: missing")));
  auto assignment = Whole();
  assignment.jobs = 0;
  EXPECT_THAT([&] { AssignmentFromJson(ToJson(assignment)); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("jobs: less than 1")));
  auto json = ToJson(Whole());
  json.replace(json.find("1234"), 4, "\"no\"");
  EXPECT_THAT([&] { AssignmentFromJson(json); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("limits.cpu_time_ms: not a whole number")));
}

}  // namespace
}  // namespace grader::checks
