#include "grader/observe/own_code.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace grader::observe {
namespace {

constexpr auto kMaps =
    "555555554000-555555556000 r-xp 00002000 00:2b 7 /box/driver\n"
    "555555556000-555555557000 rw-p 00004000 00:2b 7 /box/driver\n"
    "7ffff7c00000-7ffff7d00000 r-xp 00000000 08:01 9 /usr/lib/x86_64-linux-gnu/libc.so.6\n"
    "7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0 [stack]\n";

TEST(OwnCode, IsWhereTheExecutableIsMapped) {
  const OwnCode own(kMaps, "/box/driver");
  EXPECT_TRUE(own.Contains(0x555555554000));
  EXPECT_TRUE(own.Contains(0x555555556fff));
  EXPECT_FALSE(own.Contains(0x555555557000));
  EXPECT_FALSE(own.Contains(0x7ffff7c00010));
}

TEST(OwnCode, IsNowhereInWhatIsNoMap) {
  for (const std::string text : {"", "/box/driver", "x-y /box/driver", "1 /box/driver\n", "12345"}) {
    EXPECT_FALSE(OwnCode(text, "/box/driver").Contains(1)) << text;
  }
  EXPECT_FALSE(OwnCode(kMaps, "").Contains(0x555555554000));
}

TEST(OwnCode, KnowsThisProgram) {
  const OwnCode own = OwnCode::Of(getpid());
  EXPECT_TRUE(own.Contains(reinterpret_cast<std::uintptr_t>(&kMaps)));
  EXPECT_FALSE(own.Contains(reinterpret_cast<std::uintptr_t>(&own)));
}

TEST(OwnCode, OfNobodyIsNowhere) { EXPECT_FALSE(OwnCode::Of(-1).Contains(0x555555554000)); }

}  // namespace
}  // namespace grader::observe
