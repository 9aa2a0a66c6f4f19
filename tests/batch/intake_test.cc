#include "grader/batch/intake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/batch/archive.h"
#include "grader/batch/error.h"
#include "tests/batch/archive_writer.h"
#include "tests/batch/temporary_folder.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

using testing::ArchiveFormat;
using ::testing::ElementsAre;
using testing::WriteArchive;

class IntakeTest : public ::testing::Test {
 protected:
  IntakeTest() {
    lab_.id = "lab02-reap";
    lab_.programs = {{.name = "reap", .sources = {"reap.cpp"}}};
    fs::create_directory(in_);
    fs::create_directory(scratch_);
  }

  Intake Take(const std::string& roster = "id\n") { return TakeIn(in_, Roster::Parse(roster, "r.csv")); }

  static std::vector<std::string> Students(const Intake& intake) {
    std::vector<std::string> ids;
    for (const auto& one : intake.hand_ins) ids.push_back(one.student);
    return ids;
  }

  std::string FolderOf(const HandIn& one) {
    return FolderToGrade(one, lab_, scratch_).lexically_relative(temporary_.path());
  }

  std::string RefusalOf(const HandIn& one) {
    try {
      return FolderOf(one) + " is taken";
    } catch (const RefusedArchive& refused) {
      return refused.what();
    }
  }

  testing::TemporaryFolder temporary_;
  fs::path in_ = temporary_.path() / "in";
  fs::path scratch_ = temporary_.path() / "scratch";
  course::Lab lab_;
};

TEST_F(IntakeTest, TakesFoldersAndArchives) {
  temporary_.Write("in/alice/reap.cpp", "");
  temporary_.Write("in/.git/HEAD", "");
  temporary_.Write("in/notes.txt", "");
  WriteArchive(in_ / "bob.tar.gz", ArchiveFormat::kTarGz, {{"lab02-reap/reap.cpp", "x"}});
  const auto intake = Take();
  EXPECT_EQ(intake.layout, Layout::kPlain);
  ASSERT_THAT(Students(intake), ElementsAre("alice", "bob"));
  EXPECT_THAT(intake.ignored, ElementsAre("notes.txt is ignored: it is neither a folder nor an archive"));
  EXPECT_EQ(FolderOf(intake.hand_ins[0]), "in/alice");
  EXPECT_EQ(FolderOf(intake.hand_ins[1]), "scratch/lab02-reap");
}

TEST_F(IntakeTest, KnowsMoodle) {
  WriteArchive(temporary_.path() / "x.zip", ArchiveFormat::kZip, {{"reap.cpp", "x"}});
  temporary_.Write("in/Ada Lovelace_4711_assignsubmission_file_/readme.txt", "");
  fs::rename(temporary_.path() / "x.zip", in_ / "Ada Lovelace_4711_assignsubmission_file_/my lab.zip");
  const auto intake = Take("id,name\n4711,Ada\n");
  EXPECT_EQ(intake.layout, Layout::kMoodle);
  ASSERT_THAT(Students(intake), ElementsAre("4711"));
  EXPECT_EQ(intake.hand_ins[0].name, "Ada");
  EXPECT_EQ(FolderOf(intake.hand_ins[0]), "scratch");
}

TEST_F(IntakeTest, TakesMoodlesFilesBeforeWhatWasTypedIntoThePage) {
  temporary_.Write("in/Ada Lovelace_4711_assignsubmission_file_/reap.cpp", "");
  temporary_.Write("in/Ada Lovelace_4711_assignsubmission_onlinetext_/onlinetext.html", "");
  temporary_.Write("in/Bob_4712_assignsubmission_onlinetext_/onlinetext.html", "");
  const auto intake = Take();
  ASSERT_THAT(Students(intake), ElementsAre("4711", "4712"));
  EXPECT_EQ(intake.hand_ins[0].problem, "");
  EXPECT_EQ(FolderOf(intake.hand_ins[0]), "in/Ada Lovelace_4711_assignsubmission_file_");
}

TEST_F(IntakeTest, KnowsMoodlesDownloadWithoutFolders) {
  temporary_.Write("in/Ada Lovelace_4711_assignsubmission_file_reap.cpp", "hers");
  temporary_.Write("in/Ada Lovelace_4711_assignsubmission_file_my_plan.h", "");
  temporary_.Write("in/Ada Lovelace_4711_assignsubmission_onlinetext_onlinetext.html", "");
  temporary_.Write("in/Jean_Luc_12_4712_assignsubmission_onlinetext_onlinetext.html", "");
  WriteArchive(in_ / "Bob_4713_assignsubmission_file_lab.zip", ArchiveFormat::kZip, {{"lab/reap.cpp", "x"}});
  const auto intake = Take();
  EXPECT_EQ(intake.layout, Layout::kMoodle);
  ASSERT_THAT(Students(intake), ElementsAre("4711", "4712", "4713"));
  for (const auto& one : intake.hand_ins) EXPECT_EQ(one.problem, "");
  EXPECT_EQ(FolderOf(intake.hand_ins[0]), "scratch");
  EXPECT_EQ(testing::ReadFile(scratch_ / "reap.cpp"), "hers");
  EXPECT_TRUE(fs::exists(scratch_ / "my_plan.h"));
  EXPECT_FALSE(fs::exists(scratch_ / "onlinetext.html"));
  fs::remove_all(scratch_);
  fs::create_directory(scratch_);
  EXPECT_EQ(FolderOf(intake.hand_ins[2]), "scratch/lab");
}

TEST_F(IntakeTest, KnowsCanvas) {
  temporary_.Write("in/lovelaceada_4711_99_reap-1.cpp", "second");
  temporary_.Write("in/lovelaceada_4711_98_plan.h", "");
  temporary_.Write("in/doejane_LATE_12_97_reap.cpp", "");
  const auto intake = Take();
  EXPECT_EQ(intake.layout, Layout::kCanvas);
  ASSERT_THAT(Students(intake), ElementsAre("12", "4711"));
  EXPECT_TRUE(intake.hand_ins[0].marked_late);
  EXPECT_FALSE(intake.hand_ins[1].marked_late);
  EXPECT_EQ(FolderOf(intake.hand_ins[1]), "scratch");
  EXPECT_EQ(testing::ReadFile(scratch_ / "reap.cpp"), "second");
  EXPECT_TRUE(fs::exists(scratch_ / "plan.h"));
}

TEST_F(IntakeTest, KnowsGradescope) {
  temporary_.Write("in/submission_11/reap.cpp", "");
  temporary_.Write("in/submission_12/reap.cpp", "");
  temporary_.Write("in/submission_metadata.yml",
                   "---\nsubmission_11:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '4711'\n"
                   "    :email: ada@x.org\n  :created_at: 2026-10-05 23:30:00.123456000 Z\n"
                   "submission_12:\n  :submitters:\n  - :name: Bob\n    :sid: \n    :email: bob@x.org\n");
  const auto intake = Take("id,email\nbob1,bob@x.org\n");
  EXPECT_EQ(intake.layout, Layout::kGradescope);
  ASSERT_THAT(Students(intake), ElementsAre("4711", "bob1"));
  EXPECT_EQ(intake.hand_ins[0].handed_in, std::chrono::sys_days(std::chrono::year{2026} / 10 / 5) +
                                              std::chrono::hours(23) + std::chrono::minutes(30));
}

TEST_F(IntakeTest, DoesNotGuessWhichOfTwoCounts) {
  temporary_.Write("in/alice/reap.cpp", "");
  WriteArchive(in_ / "alice.zip", ArchiveFormat::kZip, {{"reap.cpp", "x"}});
  const auto intake = Take();
  ASSERT_EQ(intake.hand_ins.size(), 1u);
  EXPECT_EQ(intake.hand_ins[0].problem, "there are two hand-ins, alice and alice.zip; leave the one that counts");
}

TEST_F(IntakeTest, FindsTheProgramFurtherDown) {
  temporary_.Write("in/alice/homework/week2/reap.cpp", "");
  temporary_.Write("in/alice/homework/week2/backup/reap.cpp", "");
  EXPECT_EQ(FolderOf(Take().hand_ins.at(0)), "in/alice/homework/week2");
}

TEST_F(IntakeTest, RefusesWhatHoldsNoProgramOrTwo) {
  temporary_.Write("in/alice/other.cpp", "");
  EXPECT_THAT([&] { FolderOf(Take().hand_ins.at(0)); },
              ::testing::ThrowsMessage<RefusedArchive>("none of the files that the lab asks for is in it: reap.cpp"));
  temporary_.Write("in/alice/a/reap.cpp", "");
  temporary_.Write("in/alice/b/reap.py", "");
  EXPECT_THAT([&] { FolderOf(Take().hand_ins.at(0)); },
              ::testing::ThrowsMessage<RefusedArchive>("the program is in it twice: in a and in b"));
}

TEST_F(IntakeTest, FollowsNoLinks) {
  temporary_.Write("elsewhere/reap.cpp", "");
  fs::create_directory(in_ / "alice");
  fs::create_directory_symlink(temporary_.path() / "elsewhere", in_ / "alice/lab");
  fs::create_directory_symlink(temporary_.path() / "elsewhere", in_ / "bob");
  const auto intake = Take();
  EXPECT_THAT(Students(intake), ElementsAre("alice"));
  EXPECT_THROW(FolderOf(intake.hand_ins[0]), RefusedArchive);
}

TEST_F(IntakeTest, TellsOfALinkInPlaceOfAHandIn) {
  WriteArchive(temporary_.path() / "another's.zip", ArchiveFormat::kZip, {{"reap.cpp", "x"}});
  fs::create_symlink(temporary_.path() / "another's.zip", in_ / "evileve_4720_9200_lab.zip");
  fs::create_symlink("/etc/passwd", in_ / "meanmo_4721_9201_reap.cpp");
  temporary_.Write("in/lovelaceada_4700_9000_reap.cpp", "");
  const auto intake = Take();
  ASSERT_THAT(Students(intake), ElementsAre("4700", "4720", "4721"));
  EXPECT_EQ(RefusalOf(intake.hand_ins[1]), "it is a link, and links are not followed");
  EXPECT_EQ(RefusalOf(intake.hand_ins[2]), "it is a link, and links are not followed");
}

TEST_F(IntakeTest, TellsOfALinkInPlaceOfTheProgram) {
  temporary_.Write("in/alice/notes.txt", "");
  fs::create_directory(in_ / "alice/lab");
  fs::create_symlink("/etc/passwd", in_ / "alice/lab/reap.cpp");
  EXPECT_EQ(RefusalOf(Take().hand_ins[0]), "reap.cpp is a link in it, and links are not followed");
}

TEST_F(IntakeTest, SaysThatThereIsNothing) {
  EXPECT_THROW(Take(), InputError);
  EXPECT_THROW(TakeIn(temporary_.path() / "nowhere", Roster()), InputError);
}

}  // namespace
}  // namespace grader::batch
