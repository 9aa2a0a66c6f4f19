#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "grader/batch/csv.h"
#include "grader/batch/error.h"
#include "grader/lms/canvas.h"
#include "grader/lms/class_grades.h"
#include "grader/lms/moodle.h"
#include "tests/report/temporary_folder.h"

namespace grader::lms {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kHead = "id,lab,points,max,status,late,raw,name,email,group,note\n";

ClassGrades Read(const std::string& rows, const std::string& head = kHead) {
  const report::TemporaryFolder folder;
  std::ofstream(folder.path() / "grades.csv") << head << rows;
  return ReadClassGrades(folder.path());
}

std::string Refusal(const std::string& rows, const std::string& head = kHead) {
  try {
    Read(rows, head);
  } catch (const batch::InputError& error) {
    return error.what();
  }
  return "";
}

ClassGrades Sample() {
  return Read(
      "4711,lab02-reap,36,40,graded,1,40,Ada Lovelace,ada@example.org,a,\n"
      "4712,lab02-reap,2.5,40,graded,0,2.5,Bob,bob@example.org,a,the same files as 4711\n"
      "4713,lab02-reap,,40,fault,,,Cy,,b,start again\n"
      "4714,lab02-reap,0,40,missing,,0,Dee,dee@example.org,b,\n"
      "4715,lab02-reap,0,40,refused,late,0,Eve,,b,it holds a link (a)\n");
}

TEST(ClassGrades, ReadWhatABatchWrote) {
  const ClassGrades all = Sample();
  EXPECT_EQ(all.lab, "lab02-reap");
  EXPECT_EQ(all.max, 40);
  ASSERT_THAT(all.grades, SizeIs(5));
  EXPECT_EQ(all.grades[0].points, 36);
  EXPECT_EQ(all.grades[0].feedback, "36 of 40 points, 1 day late");
  EXPECT_EQ(all.grades[1].feedback, "2.5 of 40 points");  // nobody is told whose files are the same
  EXPECT_EQ(all.grades[2].points, std::nullopt);
  EXPECT_THAT(all.grades[2].feedback, HasSubstr("no points are lost"));
  EXPECT_EQ(all.grades[3].feedback, "nothing was handed in");
  EXPECT_EQ(all.grades[4].feedback, "0 points: it holds a link (a)");
}

TEST(ClassGrades, SayWhereATableIsWrong) {
  EXPECT_THAT(Refusal("1,lab,x,1,graded,,,,,,\n"), HasSubstr("grades.csv:2: 'x' is no number of points"));
  EXPECT_THAT(Refusal("1,2\n", "id,lab\n"), HasSubstr(":2: the column points is missing"));
  EXPECT_THAT(Refusal("", ""), HasSubstr("is empty"));
  const report::TemporaryFolder empty;
  EXPECT_THROW(ReadClassGrades(empty.path()), batch::InputError);
}

TEST(Moodle, ImportsByIdOrEmailAddress) {
  EXPECT_EQ(MoodleCsv(Sample(), "Lab 2"),
            "ID number,Email address,Lab 2,Lab 2 (feedback)\n"
            "4711,ada@example.org,36,\"36 of 40 points, 1 day late\"\n"
            "4712,bob@example.org,2.5,2.5 of 40 points\n"
            "4713,,,\"not graded yet: the grader or the machine failed, and no points are lost\"\n"
            "4714,dee@example.org,0,nothing was handed in\n"
            "4715,,0,0 points: it holds a link (a)\n");
}

TEST(Moodle, WorksheetNamesParticipants) {
  const std::string sheet = MoodleWorksheet(Sample());
  EXPECT_THAT(sheet, HasSubstr("Identifier,Full name,Email address,Grade,Maximum grade,Feedback comments\n"));
  EXPECT_THAT(sheet, HasSubstr("\nParticipant 4712,Bob,bob@example.org,2.5,40,2.5 of 40 points\n"));
  EXPECT_THROW(MoodleWorksheet(Read("ada,lab,1,1,graded,,1,,,,\n")), batch::InputError);
}

// As Canvas's importer: a row of names with Section last before the assignments, then "Points Possible".
TEST(Canvas, HasItsTwoRowsOnTopAndNoRowWithoutAGrade) {
  EXPECT_EQ(CanvasCsv(Sample(), "Lab 2 (99)", CanvasId::kSis),
            "Student,ID,SIS User ID,SIS Login ID,Section,Lab 2 (99)\n"
            "    Points Possible,,,,,40\n"
            "Ada Lovelace,,4711,,,36\n"
            "Bob,,4712,,,2.5\n"
            "Dee,,4714,,,0\n"
            "Eve,,4715,,,0\n");
  EXPECT_THAT(CanvasCsv(Sample(), "x", CanvasId::kCanvas), HasSubstr("\nBob,4712,,,,2.5\n"));
  EXPECT_THAT(CanvasCsv(Sample(), "x", CanvasId::kLogin), HasSubstr("\nBob,,,4712,,2.5\n"));
}

TEST(Canvas, AStudentsNameIsNoRowOfItsOwn) {
  const auto grades = Read("7,lab,1,1,graded,,1,Points Possible,,,\n");
  EXPECT_THAT(CanvasCsv(grades, "x", CanvasId::kSis), HasSubstr("\nStudent 7,,7,,,1\n"));
}

TEST(Gradebooks, HostileNamesAreOneHarmlessCell) {
  const std::string row =
      batch::CsvLine({"=1+1", "lab", "1", "1", "graded", "", "1", "=cmd|'/c calc'!A1\n\x1b[31m", "@a,\"b\";c", "", ""});
  const auto grades = Read(row);
  EXPECT_EQ(grades.grades.at(0).id, "=1+1");
  for (const std::string& table : {MoodleCsv(grades, "-x"), CanvasCsv(grades, "=x", CanvasId::kSis)}) {
    const auto rows = batch::ReadCsv(table, "table");
    for (const auto& one : rows) {
      EXPECT_THAT(one.cells, SizeIs(rows[0].cells.size()));
      for (const auto& cell : one.cells) EXPECT_THAT(cell.substr(0, 1), Not(testing::AnyOf("=", "@", "-", "+")));
    }
    EXPECT_THAT(table, Not(HasSubstr("\x1b")));
  }
}

}  // namespace
}  // namespace grader::lms
