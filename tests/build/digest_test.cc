#include "grader/build/digest.h"

#include <gtest/gtest.h>

namespace grader::build {
namespace {

TEST(Digest, TellsListsApartThatJoinToTheSameText) {
  EXPECT_NE(Digest().Add("ab").Add("c").Hex(), Digest().Add("a").Add("bc").Hex());
  EXPECT_NE(Digest().Add("").Hex(), Digest().Hex());
  EXPECT_EQ(Digest().Add("ab").Add("c").Hex(), Digest().Add("ab").Add("c").Hex());
}

// FIPS 180-4: the hash of nothing.
TEST(Digest, IsSha256) {
  EXPECT_EQ(Digest().Hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace grader::build
