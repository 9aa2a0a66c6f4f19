#include "grader/os/file_tree.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "grader/os/files.h"

namespace grader::os {
namespace {

namespace fs = std::filesystem;

class FileTree : public testing::Test {
 protected:
  FileTree() { fs::create_directory(top_); }
  ~FileTree() override { fs::remove_all(top_); }

  const fs::path& top() const { return top_; }
  Fd Open() const { return OpenAt(kHere, top_.c_str(), O_DIRECTORY); }

 private:
  fs::path top_ = fs::temp_directory_path() / ("grade-tree-" + std::to_string(::getpid()));
};

TEST_F(FileTree, IsRemovedHoweverDeep) {
  const Fd folder = Open();
  // Deeper than a path may be long.
  Fd at = Open();
  const std::string name(200, 'd');
  for (int depth = 0; depth < 50; ++depth) {
    ASSERT_EQ(::mkdirat(at.get(), name.c_str(), 0755), 0);
    at = OpenAt(at.get(), name.c_str(), O_DIRECTORY);
  }
  at.Close();
  RemoveTree(folder, name);
  EXPECT_TRUE(fs::is_empty(top()));
}

TEST_F(FileTree, IsRemovedWhateverItsModes) {
  fs::create_directories(top() / "a/closed/inner");
  std::ofstream(top() / "a/closed/file");
  fs::permissions(top() / "a/closed/inner", fs::perms::none);
  fs::permissions(top() / "a/closed", fs::perms::none);
  RemoveTree(Open(), "a");
  EXPECT_TRUE(fs::is_empty(top()));
}

TEST_F(FileTree, RemovalFollowsNoLink) {
  fs::create_directories(top() / "a");
  std::ofstream(top() / "kept");
  fs::create_directory_symlink(top(), top() / "a/link");
  RemoveTree(Open(), "a");
  EXPECT_TRUE(fs::exists(top() / "kept"));
  EXPECT_FALSE(fs::exists(top() / "a"));
}

TEST_F(FileTree, IsCopiedWithoutLinks) {
  fs::create_directories(top() / "from/inner");
  std::ofstream(top() / "from/inner/file") << "text";
  fs::create_symlink("/etc/passwd", top() / "from/link");
  CopyTree(top() / "from", top() / "to", Files::kCopied);
  EXPECT_TRUE(fs::exists(top() / "to/inner/file"));
  EXPECT_FALSE(fs::exists(fs::symlink_status(top() / "to/link")));
  EXPECT_EQ(fs::hard_link_count(top() / "from/inner/file"), 1U);
}

TEST_F(FileTree, LinksFilesWhereItMay) {
  std::ofstream(top() / "from") << "text";
  CopyTree(top() / "from", top() / "to", Files::kLinked);
  EXPECT_EQ(fs::hard_link_count(top() / "from"), 2U);
}

}  // namespace
}  // namespace grader::os
