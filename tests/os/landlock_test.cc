#include "grader/os/landlock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "grader/os/privileges.h"

namespace grader::os {
namespace {

namespace fs = std::filesystem;

class Restricted : public testing::Test {
 protected:
  void SetUp() override {
    version_ = LandlockVersion();
    if (version_ == 0) GTEST_SKIP() << "this kernel has no Landlock";
    std::string pattern = fs::temp_directory_path() / "landlock-test-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    for (const char* name : {"all", "nodes", "other"}) {
      fs::create_directory(folder_ / name);
      std::ofstream(folder_ / name / "file") << "content";
    }
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  // The errno of a restricted child that opens a file below the folder, 0 if it may; -1 if it could not be restricted.
  int Open(const std::string& file, int flags) {
    const std::string all = folder_ / "all";
    const std::string nodes = folder_ / "nodes";
    const WritableFolder writable[] = {{all.c_str(), Writing::kEverything}, {nodes.c_str(), Writing::kNodesOnly}};
    const std::string path = folder_ / file;
    const pid_t child = ::fork();
    if (child == 0) {
      if (ForbidNewPrivileges() != 0 || RestrictWriting(writable, version_) != 0) ::_exit(255);
      ::_exit(::open(path.c_str(), flags | O_CLOEXEC, 0600) >= 0 ? 0 : errno);
    }
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status) == 255 ? -1 : WEXITSTATUS(status);
  }

  int version_ = 0;
  fs::path folder_;
};

TEST_F(Restricted, ChangesNothingElsewhere) {
  EXPECT_EQ(Open("other/file", O_WRONLY), EACCES);
  EXPECT_EQ(Open("other/new", O_WRONLY | O_CREAT), EACCES);
}

TEST_F(Restricted, ReadsEverywhere) {
  EXPECT_EQ(Open("other/file", O_RDONLY), 0);
  EXPECT_EQ(Open("nodes/file", O_RDONLY), 0);
}

TEST_F(Restricted, ChangesItsFolders) {
  EXPECT_EQ(Open("all/file", O_WRONLY), 0);
  EXPECT_EQ(Open("all/new", O_WRONLY | O_CREAT), 0);
}

TEST_F(Restricted, MakesNothingWhereItMayWriteToNodesOnly) {
  EXPECT_EQ(Open("nodes/file", O_WRONLY), 0);
  EXPECT_EQ(Open("nodes/new", O_WRONLY | O_CREAT), EACCES);
}

}  // namespace
}  // namespace grader::os
