#include "grader/build/cache.h"

#include <gtest/gtest.h>

#include <chrono>

#include "temporary_folder.h"

namespace grader::build {
namespace {

namespace fs = std::filesystem;

TEST(Cache, LetsThoseGoThatNobodyUsedForLongest) {
  const testing::TemporaryFolder root;
  const testing::TemporaryFolder submission;
  const Cache cache(root.path(), submission.path());
  Compiled compiled;
  compiled.status = BuildStatus::kCompileError;
  constexpr int kMost = 32;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(1);
  for (int i = 0; i < kMost; ++i) {
    cache.Keep(std::to_string(i), {}, compiled);
    fs::last_write_time(cache.folder() / std::to_string(i), long_ago + std::chrono::seconds(i));
  }
  EXPECT_TRUE(cache.Find("0"));
  cache.Keep("new", {}, compiled);
  EXPECT_TRUE(cache.Find("0")) << "used a moment ago";
  EXPECT_FALSE(cache.Find("1")) << "the one that was not used for longest";
  EXPECT_TRUE(cache.Find("2"));
  EXPECT_TRUE(cache.Find("new"));
}

}  // namespace
}  // namespace grader::build
