#include "grader/cli/installation.h"

#include <gtest/gtest.h>

#include <map>

#include "grader/cli/errors.h"
#include "tests/cli/fake_course.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

class FindingIt : public testing::Test {
 protected:
  Installation Find(const fs::path& executable, const fs::path& directory, const std::string& grade_root = "") {
    const auto environment = [=](const std::string& name) -> std::optional<std::string> {
      if (name != "GRADE_ROOT" || grade_root.empty()) return std::nullopt;
      return grade_root;
    };
    return FindInstallation({executable, directory, environment});
  }

  FakeCourse course_;
};

TEST_F(FindingIt, BesideAnInstalledExecutable) {
  const Installation found = Find(course_.grade(), "/");
  EXPECT_EQ(found.course_root, course_.course());
  EXPECT_EQ(found.checks, course_.root() / "libexec/grade/labs");
}

TEST_F(FindingIt, InABuild) {
  const fs::path build = course_.root() / "build";
  fs::create_directories(build / "share");
  fs::create_symlink(course_.course(), build / "share/grade");
  const Installation found = Find(build / "grader/cli/grade", "/");
  EXPECT_EQ(found.course_root, course_.course());
  EXPECT_EQ(found.checks, build / "labs");
}

TEST_F(FindingIt, WhereGradeRootSays) {
  course_.Write("other/course.toml", "");
  EXPECT_EQ(Find(course_.grade(), "/", (course_.root() / "other").string()).course_root, course_.root() / "other");
  EXPECT_THROW(Find(course_.grade(), "/", "/nowhere"), UsageError);
}

TEST_F(FindingIt, AboveTheCurrentFolder) {
  EXPECT_EQ(Find("/nowhere/bin/grade", course_.course() / "labs/lab02-reap").course_root, course_.course());
  EXPECT_THROW(Find("/nowhere/bin/grade", "/"), UsageError);
}

}  // namespace
}  // namespace grader::cli
