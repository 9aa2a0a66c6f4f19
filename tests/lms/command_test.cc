#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(ExportOption, WritesEachFormatBesideTheReports) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2", "--export", "gradescope=g.json", "--export", "vpl=v"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_THAT(course.Read("work/g.json"), HasSubstr("\"score\": 10.0"));
  EXPECT_THAT(course.Read("work/v"), EndsWith("\nGrade :=>>10\n"));
}

TEST(ExportOption, OnStandardOutputIsItsEnd) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2", "--export", "autolab=-"});
  EXPECT_THAT(ended.out, AllOf(HasSubstr("10 of 10 points"), EndsWith("\n{\"scores\":{\"lab02-reap\":10.0}}\n")));
}

TEST(ExportOption, TakesTheScaleOfAMoodleActivity) {
  const FakeCourse course;
  course.Run({"lab2", "--export", "vpl=v"}, {"env", "VPL_GRADEMIN=0", "VPL_GRADEMAX=6.000"});
  EXPECT_THAT(course.Read("work/v"), EndsWith("\nGrade :=>>6\n"));
}

TEST(ExportOption, RefusesAnUnknownFormatBeforeItGrades) {
  const FakeCourse course;
  const Ended ended = course.Run({"lab2", "--export", "gradscope=x"});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "grade: there is no format 'gradscope' for --export; did you mean 'gradescope'?\n");
  EXPECT_FALSE(course.Has("work/.grade"));
  EXPECT_THAT(course.Run({"lab2", "--export", "vpl"}).err, StartsWith("grade: --export wants FORMAT=FILE"));
}

TEST(ExportCommand, WritesTheGradebookOfABatch) {
  const FakeCourse course;
  course.Write("work/in/4711/reap.cpp", "");
  course.Write("work/in/4712/reap.cpp", "// another\n");
  ASSERT_EQ(course.Run({"batch", "lab2", "in", "--out", "out"}).status, 0);
  const Ended ended = course.Run({"export", "moodle-worksheet", "out", "--out", "m.csv"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.err, "grade: 2 students in m.csv\n");
  EXPECT_EQ(course.Read("work/m.csv"),
            "Identifier,Full name,Email address,Grade,Maximum grade,Feedback comments\n"
            "Participant 4711,,,10,10,10 of 10 points\n"
            "Participant 4712,,,10,10,10 of 10 points\n");
  course.Run({"export", "canvas-csv", "out", "--title", "Reap (3)", "--ids", "canvas"});
  EXPECT_THAT(course.Read("work/lab02-reap-canvas-csv.csv"), HasSubstr(",Section,Reap (3)\n"));
}

TEST(ExportCommand, SaysWhatIsWrong) {
  const FakeCourse course;
  const Ended none = course.Run({"export", "moodle-csv", "nowhere"});
  EXPECT_EQ(none.status, 2);
  EXPECT_EQ(none.err,
            "grade: nowhere/grades.csv cannot be read; name the results folder of a grade batch that has ended\n");
  course.Write("work/out/grades.csv", "id,lab,points,max,status,late,raw,name,email,group,note\n");
  const Ended unknown = course.Run({"export", "excel", "out"});
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.err, HasSubstr("choose moodle-csv, moodle-worksheet or canvas-csv"));
}

TEST(ExportCommand, TellsOfGradesThatNobodyKnows) {
  const FakeCourse course;
  course.Write("work/out/grades.csv",
               "id,lab,points,max,status,late,raw,name,email,group,note\na,lab,,10,fault,,,,,,\n");
  const Ended ended = course.Run({"export", "moodle-csv", "out"});
  EXPECT_EQ(ended.status, 3);
  EXPECT_THAT(ended.err, HasSubstr("1 of them without a grade"));
}

}  // namespace
}  // namespace grader::cli
