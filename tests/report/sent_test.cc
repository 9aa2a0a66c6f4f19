#include "grader/report/sent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "grader/report/bounds.h"
#include "grader/report/explain.h"
#include "grader/report/html_page.h"
#include "grader/report/json.h"
#include "grader/report/json_reader.h"
#include "grader/report/terminal.h"
#include "tests/report/samples.h"
#include "tests/report/temporary_folder.h"

namespace grader::report {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kBytes("GET /\0\xff\r\n", 9);

// The check that fails, and the hidden one, know what was sent.
Grading WithSent() {
  Grading grading = ZombieFailure();
  for (GradedCheck& check : grading.checks) {
    const bool hidden = check.info.visibility == checks::Visibility::kHidden;
    if (check.verdict == Verdict::kFailed || hidden) check.result.sent = {kBytes, "nc -N 127.0.0.1 8000 <"};
  }
  return grading;
}

const GradedCheck& Failed(const Grading& grading) {
  return *std::ranges::find(grading.checks, Verdict::kFailed, &GradedCheck::verdict);
}

std::string Content(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(Sent, IsAFileForEachCheckThatAStudentMaySee) {
  const TemporaryFolder folder;
  const Grading grading = WithSent();
  WriteSent(grading, Audience::kStudent, folder.path());
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);
  EXPECT_EQ(Content(folder.path() / "lab02-reap.Nohang.LeavesNoZombieInABurst.bytes"), kBytes);
}

TEST(Sent, ReplacesALinkAndDoesNotFollowIt) {
  const TemporaryFolder folder;
  const Grading grading = WithSent();
  const fs::path other = folder.path() / "other";
  const fs::path place = folder.path() / SentName(grading, Failed(grading));
  std::ofstream(other) << "untouched";
  fs::create_symlink(other, place);
  WriteSent(grading, Audience::kStudent, folder.path());
  EXPECT_EQ(Content(other), "untouched");
  EXPECT_FALSE(fs::is_symlink(place));
  EXPECT_EQ(Content(place), kBytes);
}

TEST(Sent, IsToldWithTheCommandThatSendsIt) {
  const Grading grading = WithSent();
  const std::string name = "lab02-reap.Nohang.LeavesNoZombieInABurst.bytes";
  EXPECT_THAT(TerminalText(grading, {.sent_folder = ".grade"}), HasSubstr("nc -N 127.0.0.1 8000 < .grade/" + name));
  EXPECT_THAT(TerminalText(grading, {}), Not(HasSubstr("nc -N")));
  EXPECT_THAT(Explanation(grading, Failed(grading)), HasSubstr("nc -N 127.0.0.1 8000 < " + name));
  EXPECT_THAT(HtmlText(grading), HasSubstr("nc -N 127.0.0.1 8000 &lt; " + name));
}

TEST(Sent, SurvivesJson) {
  const Grading grading = WithSent();
  const std::string text = JsonText(grading, Audience::kInstructor);
  EXPECT_THAT(text, HasSubstr("\"hex\": \"474554202f00ff0d0a\""));
  EXPECT_EQ(Failed(GradingFromJson(text)).result.sent.bytes, kBytes);
  std::string wrong = text;
  wrong.replace(wrong.find("474554"), 6, "47455g");
  EXPECT_THROW(GradingFromJson(wrong), std::invalid_argument);
}

TEST(Sent, IsLeftOutIfItIsTooMuch) {
  Grading grading = WithSent();
  for (GradedCheck& check : grading.checks) check.result.sent.bytes.resize(kSentLimit.count + 1);
  EXPECT_EQ(SentName(grading, Failed(grading)), "");
  EXPECT_THAT(JsonText(grading), Not(HasSubstr("\"hex\"")));
}

}  // namespace
}  // namespace grader::report
