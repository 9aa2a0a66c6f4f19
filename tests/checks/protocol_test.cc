#include "grader/checks/protocol.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace grader::checks {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::ThrowsMessage;

const std::string kBytes("NUL \0 ESC \x1b ]]> bad \xff\xc3 good \xc3\xa4\n\r", 28);

template <typename T>
T RoundTrip(const T& event) {
  const auto line = ToLine(event);
  EXPECT_THAT(line, Not(HasSubstr("\n")));
  return std::get<T>(FromLine(line));
}

TEST(Protocol, KeepsWhatWasStarted) {
  CheckInfo check{"Reap.A",           "title " + kBytes,    2.5, kBytes, Visibility::kHidden,
                  {"Reap.B", kBytes}, "labs/x/checks/y.cc", 7};
  const auto event = RoundTrip(Started{"lab02-reap", 0xffffffffffffffff, "full", {check, CheckInfo{}}});
  EXPECT_EQ(event.lab, "lab02-reap");
  EXPECT_EQ(event.seed, 0xffffffffffffffff);
  EXPECT_EQ(event.isolation, "full");
  ASSERT_EQ(event.checks.size(), 2u);
  EXPECT_EQ(event.checks[0].id, check.id);
  EXPECT_EQ(event.checks[0].title, check.title);
  EXPECT_EQ(event.checks[0].points, 2.5);
  EXPECT_EQ(event.checks[0].hint, kBytes);
  EXPECT_EQ(event.checks[0].visibility, Visibility::kHidden);
  EXPECT_THAT(event.checks[0].needs, ElementsAre("Reap.B", kBytes));
  EXPECT_EQ(event.checks[0].file, check.file);
  EXPECT_EQ(event.checks[0].line, 7);
  EXPECT_EQ(event.checks[1].visibility, Visibility::kVisible);
}

TEST(Protocol, KeepsABuild) {
  const auto event = RoundTrip(BuildReport{"reap", true, true, kBytes, kBytes, std::chrono::milliseconds(12)});
  EXPECT_EQ(event.program, "reap");
  EXPECT_TRUE(event.ok);
  EXPECT_TRUE(event.cached);
  EXPECT_EQ(event.summary, kBytes);
  EXPECT_EQ(event.messages, kBytes);
  EXPECT_EQ(event.took, std::chrono::milliseconds(12));
}

TEST(Protocol, KeepsAResultWithAnyBytes) {
  CheckResult result{"Reap.A",
                     CheckStatus::kFailed,
                     1.25,
                     {{kBytes, kBytes, {kBytes, ""}, kBytes, kBytes, kBytes}, {}},
                     kBytes,
                     kBytes,
                     std::chrono::milliseconds(34),
                     17};
  result.sent = {kBytes, kBytes};
  const auto event = RoundTrip(result);
  EXPECT_EQ(event.id, "Reap.A");
  EXPECT_EQ(event.status, CheckStatus::kFailed);
  EXPECT_EQ(event.points, 1.25);
  ASSERT_EQ(event.failures.size(), 2u);
  EXPECT_EQ(event.failures[0].expected, kBytes);
  EXPECT_EQ(event.failures[0].happened, kBytes);
  EXPECT_THAT(event.failures[0].facts, ElementsAre(kBytes, ""));
  EXPECT_EQ(event.failures[0].run, kBytes);
  EXPECT_EQ(event.failures[0].location, kBytes);
  EXPECT_EQ(event.failures[0].hint, kBytes);
  EXPECT_EQ(event.reason, kBytes);
  EXPECT_EQ(event.output, kBytes);
  EXPECT_EQ(event.took, std::chrono::milliseconds(34));
  EXPECT_EQ(event.attempt, 17);
  EXPECT_EQ(event.sent.bytes, kBytes);
  EXPECT_EQ(event.sent.command, kBytes);
}

TEST(Protocol, KeepsEveryStatus) {
  for (const auto status : {CheckStatus::kPassed, CheckStatus::kFailed, CheckStatus::kSkipped, CheckStatus::kFault}) {
    CheckResult result;
    result.status = status;
    EXPECT_EQ(RoundTrip(result).status, status);
  }
}

TEST(Protocol, KeepsTheSmallEvents) {
  EXPECT_EQ(RoundTrip(CheckStarted{"Reap.A"}).id, "Reap.A");
  EXPECT_EQ(RoundTrip(Fault{kBytes}).what, kBytes);
  RoundTrip(Finished{});
}

TEST(Protocol, NamesWhatIsWrongWithALine) {
  const auto reading = [](const char* line) { return [line] { FromLine(line); }; };
  EXPECT_THAT(reading("{\"event\":"), ThrowsMessage<std::invalid_argument>(HasSubstr("not JSON")));
  EXPECT_THAT(reading("[]"), ThrowsMessage<std::invalid_argument>(HasSubstr("not an object")));
  EXPECT_THAT(reading("{}"), ThrowsMessage<std::invalid_argument>(HasSubstr("event: missing")));
  EXPECT_THAT(reading(R"({"event":"dance"})"), ThrowsMessage<std::invalid_argument>(HasSubstr("unknown: dance")));
  EXPECT_THAT(reading(R"({"event":"fault","what":7})"),
              ThrowsMessage<std::invalid_argument>(HasSubstr("what: not a text")));
  EXPECT_THAT(reading(R"({"event":"started","lab":"x","seed":1,"isolation":"","checks":[{"id":"A.B"}]})"),
              ThrowsMessage<std::invalid_argument>(HasSubstr("checks[0].title: missing")));
}

}  // namespace
}  // namespace grader::checks
