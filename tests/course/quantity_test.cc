#include "grader/course/quantity.h"

#include <gtest/gtest.h>

namespace grader::course {
namespace {

using namespace std::chrono_literals;

TEST(Quantity, ReadsDurations) {
  EXPECT_EQ(ParseDuration("250ms"), 250ms);
  EXPECT_EQ(ParseDuration("10s"), 10s);
  EXPECT_EQ(ParseDuration("2min"), 2min);
  EXPECT_EQ(ParseDuration("1h"), 1h);
}

TEST(Quantity, ReadsBytes) {
  EXPECT_EQ(ParseBytes("64KiB"), os::KiB(64));
  EXPECT_EQ(ParseBytes("512MiB"), os::MiB(512));
  EXPECT_EQ(ParseBytes("2GiB"), os::MiB(2048));
}

TEST(Quantity, RefusesEverythingElse) {
  for (const char* text : {"", "10", "s", "0s", "-1s", "1.5s", "10 s", "10S", "10s ", "99999999999999999999s", "+1s"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << '"' << text << '"';
  }
  for (const char* text : {"", "512", "512MB", "512mib", "0MiB", "-1MiB", "MiB"}) {
    EXPECT_EQ(ParseBytes(text), std::nullopt) << '"' << text << '"';
  }
}

}  // namespace
}  // namespace grader::course
