#include "grader/batch/fingerprint.h"

#include <gtest/gtest.h>

#include "grader/batch/archive.h"
#include "tests/batch/temporary_folder.h"

namespace grader::batch {
namespace {

namespace fs = std::filesystem;

TEST(Fingerprint, IsOfNamesAndContents) {
  const testing::TemporaryFolder folder;
  folder.Write("one/a.cpp", "a");
  folder.Write("one/net/b.h", "b");
  folder.Write("one/.git/HEAD", "x");
  folder.Write("two/a.cpp", "a");
  folder.Write("two/net/b.h", "b");
  const auto one = [&] { return FingerprintOf(folder.path() / "one"); };
  const auto two = [&] { return FingerprintOf(folder.path() / "two"); };
  EXPECT_EQ(one(), two());
  folder.Write("two/net/b.h", "c");
  EXPECT_NE(one(), two());
  folder.Write("two/net/b.h", "b");
  fs::rename(folder.path() / "two/a.cpp", folder.path() / "two/c.cpp");
  EXPECT_NE(one(), two());
}

TEST(Fingerprint, OfALinkIsItsTargetsName) {
  const testing::TemporaryFolder folder;
  folder.Write("one/a.cpp", "a");
  const auto before = FingerprintOf(folder.path() / "one");
  fs::create_symlink("/etc/passwd", folder.path() / "one/b.cpp");
  const auto linked = FingerprintOf(folder.path() / "one");
  EXPECT_NE(before, linked);
}

std::string RefusalOf(const fs::path& folder, const FingerprintBounds& bounds) {
  try {
    FingerprintOf(folder, bounds);
    return "";
  } catch (const RefusedArchive& refused) {
    return refused.what();
  }
}

TEST(Fingerprint, ReadsNoMoreThanItsBounds) {
  const testing::TemporaryFolder folder;
  const FingerprintBounds bounds{.bytes = 100, .file_bytes = 60, .entries = 3};
  folder.Write("a.cpp", std::string(60, 'a'));
  EXPECT_EQ(RefusalOf(folder.path(), bounds), "");
  folder.Write("b.cpp", std::string(60, 'b'));
  EXPECT_EQ(RefusalOf(folder.path(), bounds), "it holds too much");
  folder.Write("b.cpp", "");
  fs::resize_file(folder.path() / "b.cpp", std::uintmax_t{1} << 40);
  EXPECT_EQ(RefusalOf(folder.path(), bounds), "it holds a file that is too large (b.cpp)");
  for (const char* name : {"b.cpp", "c.cpp", "d.cpp"}) folder.Write(name, "");
  EXPECT_EQ(RefusalOf(folder.path(), bounds), "it holds over 3 files");
}

TEST(Fingerprint, OfALabIsOfAllThatDecides) {
  const testing::TemporaryFolder folder;
  folder.Write("checks", "program");
  folder.Write("lab/lab.toml", "x");
  folder.Write("lab/README.md", "x");
  folder.Write("lab/probes/driver.cpp", "x");
  course::Lab lab;
  lab.folder = folder.path() / "lab";
  const auto version = [&] { return FingerprintOf(lab, folder.path() / "checks"); };
  const auto before = version();
  folder.Write("lab/README.md", "y");
  EXPECT_EQ(version(), before);
  for (const char* file : {"checks", "lab/lab.toml", "lab/probes/driver.cpp"}) {
    folder.Write(file, "changed");
    EXPECT_NE(version(), before) << file;
    folder.Write(file, file == std::string("checks") ? "program" : "x");
    EXPECT_EQ(version(), before) << file;
  }
}

}  // namespace
}  // namespace grader::batch
