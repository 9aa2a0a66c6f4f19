#include "grader/course/nearest.h"

#include <gtest/gtest.h>

#include <vector>

namespace grader::course {
namespace {

const std::vector<std::string> kCommands = {"list", "start", "doctor", "check-labs", "lab1"};

TEST(Nearest, FindsASlipOfOneLetter) {
  EXPECT_EQ(Nearest("lst", kCommands), "list");
  EXPECT_EQ(Nearest("starrt", kCommands), "start");
  EXPECT_EQ(Nearest("docter", kCommands), "doctor");
}

TEST(Nearest, CountsTwoSwappedLettersAsOneSlip) { EXPECT_EQ(Nearest("satrt", kCommands), "start"); }

TEST(Nearest, IgnoresCase) { EXPECT_EQ(Nearest("DOCTOR", kCommands), "doctor"); }

TEST(Nearest, AllowsMoreSlipsInALongerWord) { EXPECT_EQ(Nearest("chek-lab", kCommands), "check-labs"); }

TEST(Nearest, IsEmptyForAnotherWord) {
  EXPECT_EQ(Nearest("frobnicate", kCommands), std::nullopt);
  EXPECT_EQ(Nearest("", kCommands), std::nullopt);
  EXPECT_EQ(Nearest("x", std::vector<std::string>{"y"}), std::nullopt);
}

TEST(Nearest, SuggestsInAQuestion) {
  EXPECT_EQ(DidYouMean("lst", kCommands), "; did you mean 'list'?");
  EXPECT_EQ(DidYouMean("frobnicate", kCommands), "");
}

}  // namespace
}  // namespace grader::course
