#include "grader/observe/mapped_ranges.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>

namespace grader::observe {
namespace {

constexpr auto kMaps =
    "555555554000-555555556000 r-xp 00002000 00:2b 7 /box/driver\n"
    "555555556000-555555557000 rw-p 00004000 00:2b 7 /box/driver\n"
    "7ffff7a00000-7ffff7a02000 rw-s 00000000 00:01 5 /dev/zero (deleted)\n"
    "7ffff7c00000-7ffff7d00000 r-xp 00000000 08:01 9 /usr/lib/x86_64-linux-gnu/libc.so.6\n"
    "7ffffffde000-7ffffffff000 rw-p 00000000 00:00 0 [stack]\n";

std::uint64_t AddressOf(const void* object) { return reinterpret_cast<std::uintptr_t>(object); }

TEST(MappedRanges, OfAFileAreWhereItIsMapped) {
  const auto own = MappedRanges::OfFile(kMaps, "/box/driver");
  EXPECT_TRUE(own.Contains(0x555555554000));
  EXPECT_TRUE(own.Contains(0x555555556fff));
  EXPECT_FALSE(own.Contains(0x555555557000));
  EXPECT_FALSE(own.Contains(0x7ffff7c00010));
}

TEST(MappedRanges, SharedAreThoseThatOtherProcessesMayHave) {
  const auto shared = MappedRanges::Shared(kMaps);
  EXPECT_TRUE(shared.Contains(0x7ffff7a00000));
  EXPECT_TRUE(shared.Contains(0x7ffff7a01fff));
  EXPECT_FALSE(shared.Contains(0x7ffff7a02000));
  EXPECT_FALSE(shared.Contains(0x555555554000));
}

TEST(MappedRanges, AreNowhereInWhatIsNoMap) {
  for (const std::string text : {"", "/box/driver", "x-y /box/driver", "1 /box/driver\n", "12345", "1-2 rw"}) {
    EXPECT_TRUE(MappedRanges::OfFile(text, "/box/driver").empty()) << text;
    EXPECT_TRUE(MappedRanges::Shared(text).empty()) << text;
  }
  EXPECT_TRUE(MappedRanges::OfFile(kMaps, "").empty());
}

TEST(TaskRanges, KnowThisProgram) {
  void* const memory = mmap(nullptr, 1, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  const auto [own_code, shared] = TaskRanges::Of(getpid());
  EXPECT_TRUE(own_code.Contains(AddressOf(&kMaps)));
  EXPECT_FALSE(own_code.Contains(AddressOf(&shared)));
  EXPECT_TRUE(shared.Contains(AddressOf(memory)));
  EXPECT_FALSE(shared.Contains(AddressOf(&shared)));
  munmap(memory, 1);
}

TEST(TaskRanges, OfNobodyAreNowhere) {
  EXPECT_TRUE(TaskRanges::Of(-1).own_code.empty());
  EXPECT_TRUE(TaskRanges::Of(-1).shared.empty());
}

}  // namespace
}  // namespace grader::observe
