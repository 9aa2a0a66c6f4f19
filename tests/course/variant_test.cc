#include "grader/course/variant.h"

#include <gtest/gtest.h>

#include "grader/course/error.h"
#include "tests/course/course_folder.h"

namespace grader::course {
namespace {

using Texts = std::vector<std::string>;

class Variants : public testing::Test {
 protected:
  void Expect(const std::string& variant, const std::string& text) {
    course_.Write("labs/lab02-reap/" + variant + "/expect.toml", text);
  }

  std::vector<Variant> Load() { return VariantsOf(LoadLab(course_.LabToml("lab02-reap"))); }

  std::string Error() {
    try {
      Load();
    } catch (const CourseError& error) {
      return error.what();
    }
    return "no error";
  }

  CourseFolder course_;
};

TEST_F(Variants, AreNoneInABareLab) { EXPECT_TRUE(Load().empty()); }

TEST_F(Variants, AreTheFoldersInRightAndWrong) {
  course_.Write("labs/lab02-reap/right/other/reap.cpp", "");
  course_.Write("labs/lab02-reap/wrong/README.md", "no variant");
  Expect("wrong/bug", "why = \"a bug\"\nfails = [\"A.One\"]\nmay_fail = [\"A.Two\"]\nremove = [\"reap.h\"]\n");
  const auto variants = Load();
  ASSERT_EQ(variants.size(), 2u);
  EXPECT_EQ(variants[0].name, "right/other");
  EXPECT_EQ(variants[0].fails, Texts{});
  EXPECT_EQ(variants[0].removes, Texts{});
  EXPECT_EQ(variants[1].name, "wrong/bug");
  EXPECT_EQ(variants[1].folder, course_.root() / "labs/lab02-reap/wrong/bug");
  EXPECT_EQ(variants[1].why, "a bug");
  EXPECT_EQ(variants[1].fails, Texts{"A.One"});
  EXPECT_EQ(variants[1].may_fail, Texts{"A.Two"});
  EXPECT_EQ(variants[1].removes, Texts{"reap.h"});
}

TEST_F(Variants, InPythonReplaceTheSources) {
  course_.Write("labs/lab02-reap/right/python/reap.py", "");
  EXPECT_EQ(Load().at(0).removes, Texts{"reap.cpp"});
}

TEST_F(Variants, OfAWrongKindSayWhyAndWhatTheyFail) {
  const std::string file = "labs/lab02-reap/wrong/bug/expect.toml:";
  Expect("wrong/bug", "fails = [\"A.One\"]\n");
  EXPECT_EQ(Error(), file + "1:1: missing key 'why'; add why = \"…\"");
  Expect("wrong/bug", "why = \"a bug\"\n");
  EXPECT_EQ(Error(), file + "1:1: missing key 'fails'; write fails = [\"…\"]");
  Expect("wrong/bug", "why = \"a bug\"\nfails = []\n");
  EXPECT_EQ(Error(), file + "2:9: empty key 'fails'; write fails = [\"…\"]");
  Expect("wrong/bug", "why = \"a bug\"\nfails = [\"A\"]\nmay_fail = [\"A\"]\n");
  EXPECT_EQ(Error(), file + "3:12: A both fails and may fail; name it once");
  Expect("wrong/bug", "why = \"a bug\"\nfails = [\"A\"]\nmayfail = [\"B\"]\n");
  EXPECT_EQ(Error(), file + "3:1: unknown key 'mayfail'; did you mean 'may_fail'?");
}

TEST_F(Variants, OfARightKindFailNothing) {
  Expect("right/other", "fails = [\"A.One\"]\n");
  EXPECT_EQ(Error(), "labs/lab02-reap/right/other/expect.toml:1:1: unknown key 'fails'; known here: why remove");
}

}  // namespace
}  // namespace grader::course
