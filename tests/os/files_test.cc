#include "grader/os/files.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace grader::os {
namespace {

namespace fs = std::filesystem;

class FilesBelow : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = fs::temp_directory_path() / "files-test-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::ofstream(folder_ / "file") << "content";
    fs::create_directory(folder_ / "inner");
    std::ofstream(folder_ / "inner" / "file") << "deeper";
    fs::create_symlink("file", folder_ / "link");
    fs::create_symlink(folder_, folder_ / "inner" / "out");
    root_ = OpenAt(kHere, folder_.c_str(), O_RDONLY | O_DIRECTORY);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  Fd root_;
};

TEST_F(FilesBelow, OpensWhatIsBelow) {
  EXPECT_EQ(ReadAgain(OpenBeneath(root_, "file")), "content");
  EXPECT_EQ(ReadAgain(OpenBeneath(root_, "inner/file")), "deeper");
  EXPECT_EQ(ReadAgain(OpenBeneath(root_, "inner/../file")), "content");
}

TEST_F(FilesBelow, RefusesLinksAndWaysOut) {
  for (const char* path : {"link", "inner/out/file", "../etc/passwd", "/etc/passwd", "missing"}) {
    EXPECT_THROW(OpenBeneath(root_, path), std::system_error) << path;
  }
}

TEST_F(FilesBelow, DoesNotWaitForTheOtherEndOfAFifo) {
  ASSERT_EQ(::mkfifo((folder_ / "fifo").c_str(), 0600), 0);
  EXPECT_TRUE(OpenBeneath(root_, "fifo"));
}

TEST_F(FilesBelow, ReadsWholeFilesOrNothing) {
  std::ofstream(folder_ / "large") << std::string(100'000, 'x');
  EXPECT_EQ(ReadFileAt(root_.get(), "large")->size(), 100'000U);
  EXPECT_EQ(ReadFileAt(root_.get(), "missing"), std::nullopt);
  EXPECT_EQ(ReadFileAt(root_.get(), "inner"), std::nullopt);
}

TEST_F(FilesBelow, WritesExistingFilesOnly) {
  EXPECT_EQ(WriteFileAt(root_.get(), "file", "CON"), 0);
  EXPECT_EQ(ReadFileAt(root_.get(), "file"), "CONtent");
  EXPECT_EQ(WriteFileAt(root_.get(), "missing", "x"), ENOENT);
  EXPECT_EQ(WriteFileAt(kHere, "/dev/full", "x"), ENOSPC);
}

TEST_F(FilesBelow, NamesThePathItCannotOpen) {
  try {
    OpenAt(root_.get(), "missing", O_RDONLY);
    FAIL() << "opened";
  } catch (const std::system_error& fault) {
    EXPECT_EQ(fault.code().value(), ENOENT);
    EXPECT_NE(std::string(fault.what()).find("missing"), std::string::npos);
  }
}

}  // namespace
}  // namespace grader::os
