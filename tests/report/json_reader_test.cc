#include "grader/report/json_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "grader/report/html_page.h"
#include "grader/report/json.h"
#include "tests/report/hostile.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::ThrowsMessage;

TEST(JsonReader, ReadsWhatWasWritten) {
  for (const Grading& grading : {AllPassed(), ZombieFailure(), CompileError(), UntouchedSkeleton(), GraderFault(),
                                 OnlyOneAsked(), WithPictures(), Grading{}}) {
    const std::string text = JsonText(grading, Audience::kInstructor);
    EXPECT_EQ(JsonText(GradingFromJson(text), Audience::kInstructor), text);
    EXPECT_EQ(HtmlText(GradingFromJson(text)), HtmlText(grading));
  }
}

TEST(JsonReader, ReadsWhateverASubmissionPrints) {
  for (const auto& [name, bytes] : HostileTexts()) {
    Grading grading = FilledWith(bytes);
    grading.checks[1].result.timeline = ZombieTimeline();
    for (auto& event : grading.checks[1].result.timeline.events) event.text = bytes.substr(0, 240);
    const std::string text = JsonText(grading, Audience::kInstructor);
    // Replacing wrong bytes may make a text long enough to be cut once more.
    const std::string again = JsonText(GradingFromJson(text), Audience::kInstructor);
    EXPECT_EQ(JsonText(GradingFromJson(again), Audience::kInstructor), again) << name;
    EXPECT_TRUE(again == text || name.find("Invalid") != std::string::npos) << name;
  }
}

TEST(JsonReader, WhatWasHiddenStaysHidden) {
  const Grading told = GradingFromJson(JsonText(WithPictures(), Audience::kStudent));
  EXPECT_THAT(JsonText(told, Audience::kInstructor), Not(HasSubstr("secret")));
}

TEST(JsonReader, SaysWhatIsWrong) {
  EXPECT_THAT([] { GradingFromJson("{"); }, ThrowsMessage<std::invalid_argument>(HasSubstr("not JSON")));
  EXPECT_THAT([] { GradingFromJson("[]"); }, ThrowsMessage<std::invalid_argument>(HasSubstr("no object")));
  std::string text = JsonText(AllPassed());
  text.replace(text.find("\"4711\""), 6, "\"4711x\"");
  EXPECT_THAT([&] { GradingFromJson(text); }, ThrowsMessage<std::invalid_argument>(HasSubstr("seed: not a number")));
  text = JsonText(WithPictures());
  text.replace(text.find("\"other\": 0"), 10, "\"other\": 9");
  EXPECT_THAT([&] { GradingFromJson(text); }, ThrowsMessage<std::invalid_argument>(HasSubstr("other: out of range")));
}

}  // namespace
}  // namespace grader::report
