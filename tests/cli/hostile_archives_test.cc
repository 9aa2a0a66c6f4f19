// A batch of archives that each try something: each is refused with its reason, and honest work is graded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/batch/archive_writer.h"
#include "tests/cli/batch_fixture.h"

namespace grader::cli {
namespace {

namespace fs = std::filesystem;

using batch::testing::ArchiveEntry;
using batch::testing::ArchiveFormat;
using batch::testing::WriteArchive;
using ::testing::HasSubstr;
using Kind = ArchiveEntry::Kind;

struct Attack {
  std::string student;
  std::vector<ArchiveEntry> entries;
  std::string reason;  // a part of it
  ArchiveFormat format = ArchiveFormat::kTarGz;
};

std::vector<Attack> Names() {
  return {{"absolute", {{"/etc/cron.d/x", "x"}}, "it holds an absolute name (/etc/cron.d/x)"},
          {"drive", {{"C:/reap.cpp", "x"}}, "it holds an absolute name (C:/reap.cpp)", ArchiveFormat::kZip},
          {"dotdot", {{"a/../../reap.cpp", "x"}}, "it holds a name with .. (a/../../reap.cpp)"},
          {"backslash", {{"..\\reap.cpp", "x"}}, R"(it holds a name that is no plain file name (..\reap.cpp))"},
          {"escape", {{"\x1b[2Jreap.cpp", "x"}}, "it holds a name that is no plain file name (\\x1b[2Jreap.cpp)"},
          {"huge", {{std::string(300, 'a') + ".cpp", "x"}}, "it holds a name that is too long"},
          {"deep", {{"a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/reap.cpp", "x"}}, "it holds too many folders within folders"},
          {"twice", {{"reap.cpp", "x"}, {"reap.cpp", "y"}}, "it holds two entries of one name (reap.cpp)"},
          {"capitals", {{"reap.cpp", "x"}, {"REAP.cpp", "y"}}, "it holds two entries of one name (REAP.cpp)"},
          {"accents", {{"\u00e9.cpp", "x"}, {"e\u0301.cpp", "y"}}, "it holds two entries of one name"},
          {"bytes", {{"\xe9.cpp", "x"}, {"\xe8.cpp", "y"}}, "it holds two entries of one name (_.cpp)"},
          {"folderfile", {{"reap.cpp", "x"}, {"reap.cpp/x", "y"}}, "it holds a file and a folder of one name"}};
}

std::vector<Attack> Kinds() {
  return {{"symlink", {{"reap.cpp", "/etc/passwd", Kind::kSymlink}}, "it holds a link (reap.cpp)"},
          {"through", {{"d", "/tmp", Kind::kSymlink}, {"d/reap.cpp", "x"}}, "it holds a link (d)"},
          {"hardlink", {{"reap.cpp", "/etc/passwd", Kind::kHardLink}}, "it holds a link (reap.cpp)"},
          {"fifo", {{"reap.cpp", "", Kind::kFifo}}, "it holds something that is neither file nor folder (reap.cpp)"},
          {"device", {{"reap.cpp", "", Kind::kDevice}}, "it holds something that is neither file nor folder"}};
}

std::vector<Attack> Sizes() {
  const std::string zeros(17 << 20, '\0');
  const std::string many(15 << 20, '\0');
  return {{"ratio", {{"reap.cpp", zeros}}, "it holds a file that is too large (reap.cpp)"},
          {"total",
           {{"a", many}, {"b", many}, {"c", many}, {"d", many}, {"e", many}},
           "it holds too much, unpacked",
           ArchiveFormat::kZip},
          {"count", std::vector<ArchiveEntry>(2001, {"a/", "", Kind::kFolder}), "it holds over 2000 entries"},
          {"sparse", {{"reap.cpp", "", Kind::kSparse}}, "it holds a file that is too large (reap.cpp)"},
          {"litter", {{"__MACOSX/x", zeros}}, "it holds a file that is too large (__MACOSX/x)", ArchiveFormat::kZip},
          {"encrypted", {{"reap.cpp", "x"}}, "it is encrypted (reap.cpp)", ArchiveFormat::kEncryptedZip},
          {"empty", {}, "none of the files that the lab asks for is in it"}};
}

class HostileArchives : public BatchFixture {
 protected:
  fs::path FileOf(const std::string& student, ArchiveFormat format) const {
    return course_.work() / "in" / (student + (format == ArchiveFormat::kTarGz ? ".tar.gz" : ".zip"));
  }

  void HandInArchive(const Attack& attack) {
    WriteArchive(FileOf(attack.student, attack.format), attack.format, attack.entries);
    attacks_.push_back(attack);
  }

  std::vector<Attack> attacks_;
};

TEST_F(HostileArchives, AreRefusedEachWithItsReasonAndTheBatchGoesOn) {
  for (const auto& list : {Names(), Kinds(), Sizes()}) {
    for (const auto& attack : list) HandInArchive(attack);
  }
  // An archive within an archive is not unpacked; half of one is no archive.
  WriteArchive(course_.work() / "inner.zip", ArchiveFormat::kZip, {{"reap.cpp", "x"}});
  HandInArchive({"nested", {{"inner.zip", course_.Read("work/inner.zip")}}, "none of the files that the lab asks for"});
  HandInArchive({"truncated", {{"reap.cpp", std::string(100'000, 'a')}, {"b", "b"}}, "it is "});
  const auto truncated = FileOf("truncated", ArchiveFormat::kTarGz);
  fs::resize_file(truncated, fs::file_size(truncated) / 2);
  attacks_.push_back({"garbage", {}, "it is no archive that can be read"});
  course_.Write("work/in/garbage.7z", "Rar!\x1a\x07 not this either");

  const Ended ended = Run();
  EXPECT_EQ(ended.status, 0) << ended.err;
  const std::string grades = Grades();
  EXPECT_GE(attacks_.size(), 20u);
  for (const auto& attack : attacks_) {
    const auto report = course_.Read("work/out/students/" + attack.student + "/report.txt");
    EXPECT_THAT(report, HasSubstr("This hand-in cannot be graded: ")) << attack.student;
    EXPECT_THAT(report, HasSubstr(attack.reason)) << attack.student;
    EXPECT_THAT(grades, HasSubstr("\n" + attack.student + ",lab02-reap,0,10,refused,")) << attack.student;
  }
  EXPECT_THAT(grades, HasSubstr("alice,lab02-reap,10,10,graded"));
  EXPECT_THAT(grades, HasSubstr("bob,lab02-reap,4,10,graded"));
  EXPECT_TRUE(fs::is_empty(course_.work() / "out/unpacked")) << "something of a refused archive is left";
}

}  // namespace
}  // namespace grader::cli
