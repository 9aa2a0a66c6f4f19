#include "grader/report/file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "tests/report/temporary_folder.h"

namespace grader::report {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Content(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

int FilesIn(const fs::path& folder) {
  return static_cast<int>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

// The one line that writing throws; "no error" if it throws none.
std::string Error(const fs::path& path, std::string_view text = "new") {
  try {
    WriteReport(path, text);
  } catch (const ReportError& error) {
    return error.what();
  }
  return "no error";
}

// While it lives, a file cannot grow beyond a limit: a disk that is full after so many bytes, without needing one.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  ~FullDisk() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = SIG_DFL;
};

class ReportFile : public ::testing::Test {
 protected:
  TemporaryFolder folder_;
  fs::path path_ = folder_.path() / "report.xml";
};

TEST_F(ReportFile, IsWrittenWholeAndNothingElseIsThere) {
  const std::string text(3 << 20, 'x');
  WriteReport(path_, text);
  EXPECT_EQ(Content(path_), text);
  EXPECT_EQ(FilesIn(folder_.path()), 1);
}

TEST_F(ReportFile, ReplacesAnOlderOneAndKeepsItsPermissions) {
  std::ofstream(path_) << "a longer older report";
  chmod(path_.c_str(), 0640);
  WriteReport(path_, "new");
  EXPECT_EQ(Content(path_), "new");
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms{0640});
}

TEST_F(ReportFile, HasTheUsualPermissions) {
  const mode_t mask = umask(027);
  WriteReport(path_, "new");
  umask(mask);
  EXPECT_EQ(fs::status(path_).permissions(), fs::perms{0640});
}

TEST_F(ReportFile, IsWrittenThroughALink) {
  fs::create_directory(folder_.path() / "far");
  fs::create_symlink("far/real.xml", path_);
  std::ofstream(folder_.path() / "far/real.xml") << "old";
  WriteReport(path_, "new");
  EXPECT_TRUE(fs::is_symlink(path_));
  EXPECT_EQ(Content(folder_.path() / "far/real.xml"), "new");
}

TEST_F(ReportFile, MayBeNamedWithoutAFolder) {
  const fs::path before = fs::current_path();
  fs::current_path(folder_.path());
  const std::string error = Error("report.xml");
  fs::current_path(before);
  EXPECT_EQ(error, "no error");
  EXPECT_EQ(Content(path_), "new");
}

TEST_F(ReportFile, OnAFullDiskLeavesTheOlderOneAndNoPart) {
  std::ofstream(path_) << "old";
  std::string error;
  {
    const FullDisk full(4096);
    error = Error(path_, std::string(100000, 'x'));
  }
  EXPECT_THAT(error, AllOf(HasSubstr(path_.native()), HasSubstr("File too large"), Not(HasSubstr("\n"))));
  EXPECT_EQ(Content(path_), "old");
  EXPECT_EQ(FilesIn(folder_.path()), 1);
}

TEST_F(ReportFile, OnAFullDiskLeavesNothingWhereNothingWas) {
  {
    const FullDisk full(0);
    EXPECT_NE(Error(path_), "no error");
  }
  EXPECT_EQ(FilesIn(folder_.path()), 0);
}

TEST_F(ReportFile, SaysThatADeviceIsFull) {
  EXPECT_THAT(Error("/dev/full"), AllOf(HasSubstr("/dev/full: No space left on device; free some space")));
  EXPECT_TRUE(fs::is_character_file("/dev/full"));
}

TEST_F(ReportFile, WritesToWhatIsNoFile) {
  WriteReport("/dev/null", "new");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  EXPECT_NO_THROW(EnsureWritable("/dev/null"));
}

TEST_F(ReportFile, SaysThatTheFolderIsMissing) {
  const fs::path missing = folder_.path() / "no" / "report.xml";
  EXPECT_EQ(Error(missing), "cannot write the report " + missing.native() +
                                ": No such file or directory; make the folder first, or name another file");
  EXPECT_THROW(EnsureWritable(missing), ReportError);
  EXPECT_FALSE(fs::exists(folder_.path() / "no"));
}

TEST_F(ReportFile, SaysThatAPartOfThePathIsNoFolder) {
  std::ofstream(path_) << "old";
  EXPECT_THAT(Error(path_ / "report.xml"), HasSubstr("Not a directory"));
}

TEST_F(ReportFile, SaysThatTheNameIsAFolder) {
  EXPECT_THAT(Error(folder_.path()), HasSubstr("Is a directory; name a file in it"));
  EXPECT_THAT(Error(""), HasSubstr("No such file or directory"));
}

TEST_F(ReportFile, ShowsAStrangeNameOnOneLine) {
  EXPECT_THAT(Error(folder_.path() / "a\x1b\nb" / "c"), AllOf(HasSubstr("a\\x1b b/c"), Not(HasSubstr("\n"))));
}

TEST_F(ReportFile, AskingFirstChangesNothing) {
  EXPECT_NO_THROW(EnsureWritable(path_));
  EXPECT_EQ(FilesIn(folder_.path()), 0);
}

}  // namespace
}  // namespace grader::report
