#include "grader/build/source_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/build/temporary_folder.h"

namespace grader::build {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SourceFilesTest : public ::testing::Test {
 protected:
  SourceFilesTest() {
    target_.name = "reap";
    target_.sources = {"reap.cpp"};
    target_.accept_python = true;
  }

  SourceFiles Read(Language language = Language::kCpp) { return ReadSubmission(folder_.path(), target_, language); }

  static std::vector<std::string> Names(const SourceFiles& read) {
    std::vector<std::string> names;
    for (const auto& file : read.files) names.push_back(file.name);
    return names;
  }

  testing::TemporaryFolder folder_;
  Target target_;
};

TEST_F(SourceFilesTest, TakesSourcesAndHeadersAnywhere) {
  folder_.Write("reap.cpp", "int main() {}");
  folder_.Write("b.hpp", "");
  folder_.Write("net/a.h", "x");
  folder_.Write("other.cpp", "");
  folder_.Write("notes.txt", "");
  folder_.Write(".git/c.h", "");
  const auto read = Read();
  EXPECT_EQ(read.problem, "");
  EXPECT_THAT(Names(read), ElementsAre("reap.cpp", "b.hpp", "net/a.h"));
  EXPECT_EQ(read.files[0].content, "int main() {}");
}

TEST_F(SourceFilesTest, TellsWhatIsMissing) { EXPECT_EQ(Read().problem, "reap.cpp is missing"); }

TEST_F(SourceFilesTest, RefusesALinkAsSource) {
  folder_.Write("elsewhere", "int main() {}");
  std::filesystem::create_symlink("elsewhere", folder_.path() / "reap.cpp");
  EXPECT_EQ(Read().problem, "reap.cpp is a link; put the file itself there");
}

TEST_F(SourceFilesTest, RefusesAFifoWithoutWaitingForIt) {
  ASSERT_EQ(mkfifo((folder_.path() / "reap.cpp").c_str(), 0600), 0);
  EXPECT_EQ(Read().problem, "reap.cpp is not a plain file");
}

TEST_F(SourceFilesTest, RefusesAFolderAsSource) {
  std::filesystem::create_directory(folder_.path() / "reap.cpp");
  EXPECT_EQ(Read().problem, "reap.cpp is not a plain file");
}

TEST_F(SourceFilesTest, RefusesAFileThatIsTooLarge) {
  folder_.Write("reap.cpp", std::string((1 << 20) + 1, ' '));
  EXPECT_EQ(Read().problem, "reap.cpp is larger than 1 MiB");
}

TEST_F(SourceFilesTest, LeavesOutHeadersThatAreLinks) {
  folder_.Write("reap.cpp", "");
  std::filesystem::create_symlink("/etc/shadow", folder_.path() / "secret.h");
  const auto read = Read();
  EXPECT_THAT(Names(read), ElementsAre("reap.cpp"));
  EXPECT_THAT(read.refused, ElementsAre("secret.h is a link; put the file itself there"));
}

TEST_F(SourceFilesTest, DoesNotFollowALinkedFolder) {
  testing::TemporaryFolder elsewhere;
  elsewhere.Write("secret.h", "");
  folder_.Write("reap.cpp", "");
  std::filesystem::create_directory_symlink(elsewhere.path(), folder_.path() / "inc");
  const auto read = Read();
  EXPECT_THAT(Names(read), ElementsAre("reap.cpp"));
}

TEST_F(SourceFilesTest, BoundsTheNumberOfFiles) {
  folder_.Write("reap.cpp", "");
  for (int i = 0; i < 600; ++i) folder_.Write("h" + std::to_string(i) + ".h", "");
  const auto read = Read();
  EXPECT_THAT(read.files, SizeIs(512));
  EXPECT_THAT(read.refused, SizeIs(89));
}

TEST_F(SourceFilesTest, TakesAllPythonFilesForPython) {
  folder_.Write("reap.py", "pass");
  folder_.Write("lib/tick.py", "");
  EXPECT_EQ(ChooseLanguage(folder_.path(), target_), Language::kPython);
  EXPECT_THAT(Names(Read(Language::kPython)), ElementsAre("reap.py", "lib/tick.py"));
}

TEST_F(SourceFilesTest, PrefersCppOverPython) {
  folder_.Write("reap.py", "pass");
  folder_.Write("reap.cpp", "");
  EXPECT_EQ(ChooseLanguage(folder_.path(), target_), Language::kCpp);
  EXPECT_TRUE(HasPythonForm(folder_.path(), target_));
  target_.accept_python = false;
  std::filesystem::remove(folder_.path() / "reap.cpp");
  EXPECT_EQ(ChooseLanguage(folder_.path(), target_), Language::kCpp);
}

}  // namespace
}  // namespace grader::build
