#include "grader/observe/output_capture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace grader::observe {
namespace {

using ::testing::SizeIs;

TEST(OutputCapture, KeepsAllBelowItsBound) {
  OutputCapture capture(os::Bytes{10});
  capture.Append("12345", {});
  capture.Append("67890", {});
  EXPECT_FALSE(capture.over_bound());
  const Captured captured = capture.Take({});
  EXPECT_TRUE(captured.complete());
  EXPECT_EQ(captured.text(), "1234567890");
}

TEST(OutputCapture, KeepsHeadAndTailAboveIt) {
  OutputCapture capture(os::Bytes{4});
  capture.Append("head", {});
  for (int i = 0; i < 1000; ++i) capture.Append(std::string(1000, 'm'), {});
  capture.Append("tail", {});
  EXPECT_TRUE(capture.over_bound());
  const Captured captured = capture.Take({});
  EXPECT_EQ(captured.head, "head");
  EXPECT_THAT(captured.tail, SizeIs(OutputCapture::kTailBytes));
  EXPECT_TRUE(captured.tail.ends_with("mmtail"));
  EXPECT_EQ(captured.left_out, 1'000'008 - 4 - OutputCapture::kTailBytes);
}

TEST(OutputCapture, StampsEachLineWhenItsEndIsRead) {
  OutputCapture capture(os::KiB(1));
  capture.Append("one\ntw", {1, {}});
  capture.Append("o\n\nthree", {2, {}});
  capture.Take({3, {}});
  const std::vector<LineMoment> lines = capture.TakeLines();
  ASSERT_THAT(lines, SizeIs(4));
  const std::pair<const char*, std::uint64_t> expected[] = {{"one", 1}, {"two", 2}, {"", 2}, {"three", 3}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(lines[i].line, expected[i].first);
    EXPECT_EQ(lines[i].at.order, expected[i].second);
  }
}

TEST(OutputCapture, BoundsLinesInNumberAndLength) {
  OutputCapture capture(os::MiB(1));
  capture.Append(std::string(3 * OutputCapture::kLineBytes, 'x') + "\n", {});
  capture.Append(std::string(2 * OutputCapture::kLines, '\n'), {});
  const std::vector<LineMoment> lines = capture.TakeLines();
  EXPECT_THAT(lines, SizeIs(OutputCapture::kLines));
  EXPECT_THAT(lines.front().line, SizeIs(OutputCapture::kLineBytes));
}

}  // namespace
}  // namespace grader::observe
