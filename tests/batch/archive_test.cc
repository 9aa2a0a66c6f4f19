#include "grader/batch/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/batch/archive_writer.h"
#include "tests/batch/temporary_folder.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

using Kind = testing::ArchiveEntry::Kind;
using testing::ArchiveEntry;
using testing::ArchiveFormat;
using testing::WriteArchive;

class UnpackTest : public ::testing::Test {
 protected:
  UnpackTest() { fs::create_directory(folder_); }

  // What is said of it; "" if it was unpacked.
  std::string Refusal(const std::vector<ArchiveEntry>& entries, ArchiveFormat format = ArchiveFormat::kTarGz) {
    WriteArchive(file_, format, entries);
    return RefusalOfFile();
  }

  std::string RefusalOfFile() {
    try {
      Unpack(file_, folder_, bounds_);
      return "";
    } catch (const RefusedArchive& refused) {
      EXPECT_TRUE(fs::is_empty(folder_)) << "something of a refused archive is left";
      return refused.what();
    }
  }

  testing::TemporaryFolder temporary_;
  fs::path file_ = temporary_.path() / "hand-in";
  fs::path folder_ = temporary_.path() / "unpacked";
  ArchiveBounds bounds_;
};

TEST_F(UnpackTest, UnpacksZipAndTar) {
  for (const auto format : {ArchiveFormat::kTarGz, ArchiveFormat::kZip}) {
    EXPECT_EQ(Refusal({{"lab/", "", Kind::kFolder}, {"lab/net/a.h", "a\n"}, {"./lab/b.cpp", "b\n"}}, format), "");
    EXPECT_EQ(testing::ReadFile(folder_ / "lab/net/a.h"), "a\n");
    EXPECT_EQ(testing::ReadFile(folder_ / "lab/b.cpp"), "b\n");
    fs::remove_all(folder_ / "lab");
  }
}

TEST_F(UnpackTest, LeavesOutWhatADesktopAdds) {
  EXPECT_EQ(Refusal({{"__MACOSX/._a.cpp", "x"}, {"lab/.DS_Store", "x"}, {"lab/a.cpp", "a"}}), "");
  EXPECT_FALSE(fs::exists(folder_ / "__MACOSX"));
  EXPECT_FALSE(fs::exists(folder_ / "lab/.DS_Store"));
}

TEST_F(UnpackTest, GivesNobodyMoreRights) {
  EXPECT_EQ(Refusal({{"a.sh", "#!/bin/sh\n"}}), "");
  EXPECT_EQ(fs::status(folder_ / "a.sh").permissions() & fs::perms::owner_exec, fs::perms::none);
}

struct Hostile {
  const char* name;
  std::vector<ArchiveEntry> entries;
  std::string refusal;
};

TEST_F(UnpackTest, RefusesWhatIsHostileWithItsReason) {
  const std::string deep = "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q.cpp";
  const std::vector<Hostile> hostile = {
      {"absolute", {{"/etc/cron.d/x", "x"}}, "it holds an absolute name (/etc/cron.d/x)"},
      {"drive", {{"C:/x.cpp", "x"}}, "it holds an absolute name (C:/x.cpp)"},
      {"parent", {{"../x.cpp", "x"}}, "it holds a name with .. (../x.cpp)"},
      {"inner parent", {{"a/../../x.cpp", "x"}}, "it holds a name with .. (a/../../x.cpp)"},
      {"backslashes", {{"a\\..\\x.cpp", "x"}}, R"(it holds a name that is no plain file name (a\..\x.cpp))"},
      {"line break", {{"a\nb.cpp", "x"}}, "it holds a name that is no plain file name (a b.cpp)"},
      {"escape", {{"a\x1b[31m.cpp", "x"}}, "it holds a name that is no plain file name (a\\x1b[31m.cpp)"},
      {"link out", {{"a.cpp", "/etc/passwd", Kind::kSymlink}}, "it holds a link (a.cpp)"},
      {"link in", {{"b.cpp", "x"}, {"a.cpp", "b.cpp", Kind::kSymlink}}, "it holds a link (a.cpp)"},
      {"folder as link", {{"d", "/tmp", Kind::kSymlink}, {"d/a.cpp", "x"}}, "it holds a link (d)"},
      {"hard link", {{"a.cpp", "/etc/passwd", Kind::kHardLink}}, "it holds a link (a.cpp)"},
      {"fifo", {{"a.cpp", "", Kind::kFifo}}, "it holds something that is neither file nor folder (a.cpp)"},
      {"device", {{"a.cpp", "", Kind::kDevice}}, "it holds something that is neither file nor folder (a.cpp)"},
      {"twice", {{"a.cpp", "x"}, {"a.cpp", "y"}}, "it holds two entries of one name (a.cpp)"},
      {"other capitals", {{"a.cpp", "x"}, {"A.CPP", "y"}}, "it holds two entries of one name (A.CPP)"},
      {"accents",
       {{"d\u00e9j\u00e0.cpp", "x"}, {"de\u0301ja\u0300.cpp", "y"}},
       "it holds two entries of one name (de\u0301ja\u0300.cpp)"},
      {"no UTF-8", {{"a\xe9.cpp", "x"}, {"a\xe8.cpp", "y"}}, "it holds two entries of one name (a_.cpp)"},
      {"sparse", {{"a.cpp", "", Kind::kSparse}}, "it holds a file that is too large (a.cpp)"},
      {"file, then folder", {{"a", "x"}, {"a/b.cpp", "y"}}, "it holds a file and a folder of one name (a/b.cpp)"},
      {"folder, then file", {{"a/b.cpp", "y"}, {"a", "x"}}, "it holds a file and a folder of one name (a)"},
      {"deep", {{deep, "x"}}, "it holds too many folders within folders (" + deep + ")"},
      {"long name", {{std::string(300, 'a'), "x"}}, "it holds a name that is too long (" + std::string(300, 'a') + ")"},
  };
  for (const auto& one : hostile) EXPECT_EQ(Refusal(one.entries), one.refusal) << one.name;
}

TEST_F(UnpackTest, RefusesBombs) {
  bounds_ = {.bytes = 100'000, .file_bytes = 60'000, .entries = 20};
  const std::string zeros(1 << 20, '\0');
  EXPECT_EQ(Refusal({{"a.cpp", zeros}}), "it holds a file that is too large (a.cpp)");
  const std::string half(50'000, '\0');
  EXPECT_EQ(Refusal({{"a", half}, {"b", half}, {"c", half}}, ArchiveFormat::kZip), "it holds too much, unpacked");
  EXPECT_EQ(Refusal(std::vector<ArchiveEntry>(21, {"a/", "", Kind::kFolder})), "it holds over 20 entries");
}

TEST_F(UnpackTest, RefusesABombInWhatItLeavesOut) {
  bounds_ = {.bytes = 100'000, .file_bytes = 60'000, .entries = 20};
  const std::string zeros(1 << 20, '\0');
  EXPECT_EQ(Refusal({{"__MACOSX/a", zeros}}, ArchiveFormat::kZip), "it holds a file that is too large (__MACOSX/a)");
}

TEST_F(UnpackTest, RefusesWhatIsEncrypted) {
  EXPECT_EQ(Refusal({{"a.cpp", "x"}}, ArchiveFormat::kEncryptedZip), "it is encrypted (a.cpp)");
}

TEST_F(UnpackTest, TakesNamesOfAnOldCodePage) {
  EXPECT_EQ(Refusal({{"caf\xe9/a.cpp", "x"}}), "");
  EXPECT_TRUE(fs::exists(folder_ / "caf_/a.cpp"));
}

// As most programs write them today; no locale is set here, as none is in a container.
TEST_F(UnpackTest, TakesNamesThatAreSaidToBeUtf8) {
  for (const auto format : {ArchiveFormat::kUtf8Zip, ArchiveFormat::kPax}) {
    EXPECT_EQ(Refusal({{"\u00dcbung \u2160 \u4f60/a.cpp", "a\n"}}, format), "");
    EXPECT_EQ(testing::ReadFile(folder_ / "\u00dcbung \u2160 \u4f60/a.cpp"), "a\n");
    EXPECT_EQ(Refusal({{"\u00fc/../../x", "x"}}, format), "it holds a name with .. (\u00fc/../../x)");
  }
}

TEST_F(UnpackTest, SaysThatTheMachineCannotReadIt) {
  EXPECT_THROW(Unpack(temporary_.path() / "vanished.zip", folder_), std::system_error);
}

TEST_F(UnpackTest, RefusesWhatIsDamaged) {
  std::ofstream(file_) << "no archive at all";
  EXPECT_EQ(RefusalOfFile(), "it is no archive that can be read, whatever its name says");
  std::ofstream(file_, std::ios::trunc).flush();
  EXPECT_EQ(RefusalOfFile(), "it is an empty file");
  WriteArchive(file_, ArchiveFormat::kTarGz, {{"a.cpp", std::string(100'000, 'a')}, {"b.cpp", "b"}});
  fs::resize_file(file_, fs::file_size(file_) / 2);
  EXPECT_NE(RefusalOfFile(), "");
}

TEST(IsArchive, GoesByTheName) {
  for (const char* name : {"a.zip", "a.ZIP", "a.tar.gz", "a.tgz", "a.7z"}) EXPECT_TRUE(IsArchive(name)) << name;
  for (const char* name : {"a.cpp", "zip", "a.zip.txt"}) EXPECT_FALSE(IsArchive(name)) << name;
}

}  // namespace
}  // namespace grader::batch
