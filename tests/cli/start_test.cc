#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

TEST(Start, CopiesTheSkeletonAndSaysWhatToTypeNext) {
  const FakeCourse course;
  const Ended ended = course.Run({"start", "lab1"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out,
            "lab1, The lab fork: copied fork.cpp to ./lab01-fork.\n\nNext, write it and have it graded:\n"
            "  ${EDITOR:-nano} lab01-fork/fork.cpp\n  " +
                course.grade().string() + " lab1\n");
  EXPECT_EQ(course.Read("work/lab01-fork/fork.cpp"), "// to do\n");
}

TEST(Start, CopiesToAFolderOfOnesChoice) {
  const FakeCourse course;
  const Ended ended = course.Run({"start", "fork", "my lab"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_TRUE(course.Has("work/my lab/fork.cpp"));
  EXPECT_THAT(ended.out, HasSubstr(" lab1 'my lab'\n"));
}

TEST(Start, KeepsModesAndSubfolders) {
  const FakeCourse course;
  course.Write("share/grade/skeletons/lab01-fork/tools/try.sh", "#!/bin/sh\n");
  fs::permissions(course.course() / "skeletons/lab01-fork/tools/try.sh", fs::perms(0755));
  EXPECT_EQ(course.Run({"start", "lab1"}).status, 0);
  EXPECT_EQ(fs::status(course.work() / "lab01-fork/tools/try.sh").permissions(), fs::perms(0755));
}

TEST(Start, CopiesNoLinks) {
  const FakeCourse course;
  fs::create_symlink("/etc/passwd", course.course() / "skeletons/lab01-fork/link");
  EXPECT_EQ(course.Run({"start", "lab1"}).status, 0);
  EXPECT_FALSE(course.Has("work/lab01-fork/link"));
}

TEST(Start, JoinsAFolderThatHasNoneOfTheFiles) {
  const FakeCourse course;
  course.Write("work/lab01-fork/notes.txt", "mine\n");
  EXPECT_EQ(course.Run({"start", "lab1"}).status, 0);
  EXPECT_EQ(course.Read("work/lab01-fork/notes.txt"), "mine\n");
}

TEST(Start, OverwritesNothing) {
  const FakeCourse course;
  course.Write("share/grade/skeletons/lab02-reap/answers.toml", "");
  EXPECT_EQ(course.Run({"start", "lab2"}).status, 2);
  EXPECT_EQ(course.Read("work/lab02-reap/reap.cpp"), "int main() {}\n");
  EXPECT_FALSE(course.Has("work/lab02-reap/answers.toml"));
}

TEST(Start, ADanglingLinkIsInTheWayToo) {
  const FakeCourse course;
  course.Write("work/lab01-fork/notes.txt", "");
  fs::create_symlink("/nowhere", course.work() / "lab01-fork/fork.cpp");
  EXPECT_EQ(course.Run({"start", "lab1"}).status, 2);
}

TEST(List, ShowsTheLabsAndWhatIsBegun) {
  const FakeCourse course;
  course.Write("share/grade/course.toml", "title = \"A course\"\n[due]\nlab1 = 2026-10-05T23:59:00+02:00\n");
  const Ended ended = course.Run({"list"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out,
            "A course\n\n"
            "lab1  fork  The lab fork  day 7  2026-10-05 21:59 UTC\n"
            "lab2  reap  The lab reap  day 7                        ./lab02-reap\n");
}

TEST(List, NamesTheLabs) {
  const FakeCourse course;
  EXPECT_EQ(course.Run({"list", "--names"}).out, "lab1\nfork\nlab2\nreap\n");
}

TEST(Show, PrintsTheHandout) {
  const FakeCourse course;
  EXPECT_EQ(course.Run({"show", "reap"}).out, "# The handout of lab02-reap\n");
}

}  // namespace
}  // namespace grader::cli
