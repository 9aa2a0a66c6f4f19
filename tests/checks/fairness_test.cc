#include "grader/checks/fairness.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace grader::checks {
namespace {

namespace fs = std::filesystem;

using testing::HasSubstr;
using testing::IsEmpty;

class Fairness : public testing::Test {
 protected:
  Fairness() { fs::create_directory(folder_); }
  ~Fairness() override { fs::remove_all(folder_); }

  fs::path Program(const std::string& bytes) {
    std::ofstream(folder_ / "program") << bytes;
    return folder_ / "program";
  }

  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_ = fs::temp_directory_path() / ("grade-fairness-" + std::to_string(::getpid()));
};

TEST_F(Fairness, ProgramsThatNameWhatIsNotThereCannotBeJudged) {
  EXPECT_THAT(WhyUnfair(Program("fork sem_open exit"), sandbox::Tier::kContainer),
              HasSubstr("the program uses sem_open"));
  EXPECT_THAT(WhyUnfair(Program("mkstemp /tmp/x"), sandbox::Tier::kRestricted), HasSubstr("restricted"));
}

TEST_F(Fairness, NamesThatOnlyBeginAlikeAreOthers) {
  EXPECT_THAT(WhyUnfair(Program(std::string("socketpair\0", 11)), sandbox::Tier::kContainer), IsEmpty());
  EXPECT_THAT(WhyUnfair(Program(std::string("socket\0", 7)), sandbox::Tier::kContainer), HasSubstr("network"));
}

TEST_F(Fairness, OnlyWhatIsLoadedIsUsed) {
  EXPECT_THAT(WhyUnfair("/proc/self/exe", sandbox::Tier::kContainer), HasSubstr("the program uses"));
  EXPECT_THAT(WhyUnfair("/usr/bin/true", sandbox::Tier::kContainer), IsEmpty());
}

TEST_F(Fairness, InterpretedProgramsAreRead) {
  Program("import multiprocessing\n");
  EXPECT_THAT(WhyUnfair(folder(), sandbox::Tier::kContainer), HasSubstr("multiprocessing"));
}

TEST_F(Fairness, TheBestTierJudgesAll) { EXPECT_THAT(WhyUnfair(Program("sem_open"), sandbox::Tier::kFull), IsEmpty()); }

}  // namespace
}  // namespace grader::checks
