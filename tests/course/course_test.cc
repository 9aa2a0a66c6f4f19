#include "grader/course/course.h"

#include <gtest/gtest.h>

#include "grader/course/error.h"
#include "tests/course/course_folder.h"

namespace grader::course {
namespace {

using namespace std::chrono_literals;

TEST(Course, ReadsWhatACourseTomlSaysAndFindsTheLabsBesideIt) {
  const CourseFolder folder;
  folder.Write("labs/lab01-fork/lab.toml", LabText(1, "fork"));
  folder.Write("labs/README.md", "no lab");
  folder.Write("course.toml", R"(title = "Concurrency"
[limits]
cpu = "3s"
[late]
grace = "15min"
percent_per_day = 10
days = 5
[due]
lab1 = 2026-10-05T23:59:00+02:00
chat = 2026-10-12T12:00:00Z
)");
  const Course course = LoadCourse(folder.root());
  EXPECT_EQ(course.title, "Concurrency");
  EXPECT_EQ(course.root, folder.root());
  EXPECT_EQ(course.limits.cpu_time, 3s);
  ASSERT_TRUE(course.late);
  EXPECT_EQ(course.late->grace, 15min);
  EXPECT_EQ(course.late->percent_per_day, 10);
  EXPECT_EQ(course.late->days, 5);
  ASSERT_EQ(course.labs.size(), 3u);
  EXPECT_EQ(course.labs[0].id, "lab01-fork");
  EXPECT_EQ(course.labs[1].id, "lab02-reap");
  EXPECT_EQ(course.labs[2].id, "lab03-chat");
  EXPECT_EQ(course.labs[0].due, std::chrono::sys_days(2026y / 10 / 5) + 21h + 59min);
  EXPECT_EQ(course.labs[1].due, std::nullopt);
  EXPECT_EQ(course.labs[2].due, std::chrono::sys_days(2026y / 10 / 12) + 12h);
}

TEST(Course, MayHaveNoLabs) {
  const CourseFolder folder;
  std::filesystem::remove_all(folder.root() / "labs");
  EXPECT_TRUE(LoadCourse(folder.root()).labs.empty());
}

struct Mistake {
  const char* name;
  const char* text;
  const char* error;  // behind "course.toml:"
};

class CourseMistake : public testing::TestWithParam<Mistake> {};

TEST_P(CourseMistake, IsReportedWithPlaceAndRemedy) {
  const CourseFolder folder;
  EXPECT_EQ(folder.ErrorOfCourse(GetParam().text), std::string("course.toml:") + GetParam().error);
}

const Mistake kMistakes[] = {
    {"NoTitle", "", "1:1: missing key 'title'; add title = \"…\""},
    {"UnknownKey", "titel = \"A\"", "1:1: unknown key 'titel'; did you mean 'title'?"},
    {"WrongLimit", "title = \"A\"\n[limits]\ncpu = 10", "3:7: 'cpu' is an integer; write a string in double quotes"},
    {"LateWithoutPercent", "title = \"A\"\n[late]\n", "2:1: missing key 'percent_per_day'; add percent_per_day = 0"},
    {"LatePercent", "title = \"A\"\n[late]\npercent_per_day = 101",
     "3:19: 'percent_per_day' is 101; write an integer from 0 to 100"},
    {"LateGrace", "title = \"A\"\n[late]\ngrace = \"soon\"\npercent_per_day = 1",
     "3:9: 'grace' is \"soon\"; write a time, such as \"15min\""},
    {"DueForNoLab", "title = \"A\"\n[due]\nlab9 = 2026-10-05T23:59:00Z",
     "3:8: no lab is called 'lab9'; the labs are lab2 (reap), lab3 (chat)"},
    {"DueTwice", "title = \"A\"\n[due]\nlab2 = 2026-10-05T23:59:00Z\nreap = 2026-10-06T23:59:00Z",
     "4:8: a second due date for lab2; keep one"},
    {"DueWithoutZone", "title = \"A\"\n[due]\nlab2 = 2026-10-05T23:59:00",
     "3:8: 'lab2' is a date and time without a zone; write one such as 2026-10-05T23:59:00+02:00, without quotes"},
    {"DueAsString", "title = \"A\"\n[due]\nlab2 = \"tomorrow\"",
     "3:8: 'lab2' is a string; write one such as 2026-10-05T23:59:00+02:00, without quotes"},
};
std::string NameOf(const testing::TestParamInfo<Mistake>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Each, CourseMistake, testing::ValuesIn(kMistakes), NameOf);

TEST(Course, MissingFileIsReported) {
  const CourseFolder folder;
  std::filesystem::remove(folder.root() / "course.toml");
  EXPECT_EQ(folder.Error(),
            "course.toml:1:1: cannot be read (No such file or directory); check that it is a file that you may read");
}

TEST(Course, AFolderInPlaceOfAFileIsReported) {
  const CourseFolder folder;
  std::filesystem::remove(folder.root() / "course.toml");
  folder.Write("course.toml/inside", "");
  EXPECT_EQ(folder.Error(),
            "course.toml:1:1: cannot be read (Is a directory); check that it is a file that you may read");
}

TEST(Course, TwoLabsOfOneNumberAreReported) {
  const CourseFolder folder;
  folder.Write("labs/lab02-wait/lab.toml", LabText(2, "wait"));
  EXPECT_EQ(folder.Error(),
            "labs/lab02-wait/lab.toml:1:1: its number 2 is that of labs/lab02-reap too; give each lab its own");
}

TEST(Course, TwoLabsOfOneNameAreReported) {
  const CourseFolder folder;
  folder.Write("labs/lab04-reap/lab.toml", LabText(4, "reap"));
  EXPECT_EQ(folder.Error(),
            "labs/lab04-reap/lab.toml:1:1: its name reap is that of labs/lab02-reap too; give each lab its own");
}

TEST(FindLab, AcceptsNumberNameAndFolder) {
  const CourseFolder folder;
  const Course course = LoadCourse(folder.root());
  for (const char* words :
       {"3", "03", "lab3", "lab03", "chat", "lab03-chat", "lab3-chat", "LAB3", "Chat", "lab03-chat/"}) {
    EXPECT_EQ(FindLab(course, words).id, "lab03-chat") << words;
  }
}

std::string ErrorOfFinding(const Course& course, const std::string& words) {
  try {
    return "found " + FindLab(course, words).id;
  } catch (const CourseError& error) {
    return error.what();
  }
}

TEST(FindLab, NamesTheNearestAndAllThatThereAre) {
  const CourseFolder folder;
  const Course course = LoadCourse(folder.root());
  EXPECT_EQ(ErrorOfFinding(course, "chta"),
            "no lab is called 'chta'; did you mean 'chat'?; the labs are lab2 (reap), lab3 (chat)");
  EXPECT_EQ(ErrorOfFinding(course, "lab9"), "no lab is called 'lab9'; the labs are lab2 (reap), lab3 (chat)");
  EXPECT_EQ(ErrorOfFinding(course, ""), "no lab is called ''; the labs are lab2 (reap), lab3 (chat)");
}

TEST(FindLab, SaysWhenThereAreNoLabs) {
  const CourseFolder folder;
  std::filesystem::remove_all(folder.root() / "labs");
  EXPECT_EQ(ErrorOfFinding(LoadCourse(folder.root()), "lab1"), "no lab is called 'lab1'; this course has no labs");
}

}  // namespace
}  // namespace grader::course
