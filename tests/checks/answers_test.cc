#include "grader/checks/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/checks/hand_made.h"
#include "tests/checks/temporary_folder.h"
#include "tests/checks/told.h"

namespace grader::checks {
namespace {

using testing::TemporaryFolder;
using testing::Told;

// An answer to `question` from an answers.toml with this text.
QuizAnswer AnswerIn(const std::string& text, const std::string& question) {
  const TemporaryFolder folder;
  folder.Write("answers.toml", text);
  return Answers::Load(folder.path()).Find(question);
}

TEST(AnswersText, ForgivesCaseAndBlanks) {
  const auto answer = AnswerIn("letter = \"  Z \"\n", "letter");
  EXPECT_EQ(Told(AnswersText("z"), answer), "");
  EXPECT_EQ(Told(AnswersOneOf({"X", "Z"}), answer), "");
}

TEST(AnswersText, NeverTellsTheRightAnswer) {
  EXPECT_EQ(Told(AnswersText("zombie"), AnswerIn("\n\nstate = \"orphan\"\n", "state")),
            "expected: a right answer to `state`\n"
            "happened: \"orphan\" is not right\n"
            "at: answers.toml:3");
}

TEST(AnswersText, TellsAnEmptyAnswerFromAWrongOne) {
  EXPECT_EQ(Told(AnswersText("zombie"), AnswerIn("state = \"\"\n", "state")),
            "expected: a right answer to `state`\n"
            "happened: it is not answered yet\n"
            "at: answers.toml:1");
}

TEST(AnswersNumber, TakesANumberWithOrWithoutQuotes) {
  EXPECT_EQ(Told(AnswersNumber(6), AnswerIn("n = 6\n", "n")), "");
  EXPECT_EQ(Told(AnswersNumber(6), AnswerIn("n = \"6\"\n", "n")), "");
  EXPECT_EQ(Told(AnswersNumber(6), AnswerIn("n = 7\n", "n")),
            "expected: a right answer to `n`\nhappened: 7 is not right\nat: answers.toml:1");
}

TEST(AnswersNumber, NamesTheTypeItWants) {
  EXPECT_EQ(
      Told(AnswersNumber(6), AnswerIn("n = true\n", "n")),
      "expected: a right answer to `n`\nhappened: the answer should be a whole number, not true\nat: answers.toml:1");
  EXPECT_NE(Told(AnswersNumber(6), AnswerIn("n = 6.0\n", "n")), "");
  EXPECT_NE(Told(AnswersNumber(6), AnswerIn("n = { m = 6 }\n", "n")), "");
}

TEST(AnswersNumberShownBy, NamesTheRunThatTells) {
  EXPECT_EQ(Told(AnswersNumberShownBy(testing::CleanRun(), 6), AnswerIn("n = 7\n", "n")),
            "expected: the answer to `n` is what the run shows\n"
            "happened: 7 is not right\n"
            "run: ./reap nohang 3\n"
            "at: answers.toml:1");
}

TEST(AnswersTruth, ComparesTruth) {
  EXPECT_EQ(Told(AnswersTruth(Truth::kTrue), AnswerIn("yes = true\n", "yes")), "");
  EXPECT_NE(Told(AnswersTruth(Truth::kFalse), AnswerIn("yes = true\n", "yes")), "");
}

TEST(Answers, TellsAMissingFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(Told(AnswersNumber(6), Answers::Load(folder.path()).Find("n")),
            "expected: a right answer to `n`\nhappened: there is no answers.toml\nat: answers.toml");
}

TEST(Answers, TellsAMissingQuestion) {
  EXPECT_EQ(Told(AnswersNumber(6), AnswerIn("m = 6\n", "n")),
            "expected: a right answer to `n`\nhappened: there is no answer to this question\nat: answers.toml");
}

TEST(Answers, TellsTheLineOfASyntaxError) {
  EXPECT_EQ(Told(AnswersNumber(6), AnswerIn("n = 6\nletter = Z  \n", "n")),
            "expected: a right answer to `n`\n"
            "happened: answers.toml:2: \"letter = Z\" cannot be understood; write letter = \"text\"\n"
            "at: answers.toml:2");
  EXPECT_EQ(AnswerIn("orphan\n", "n").problem, "answers.toml:1: \"orphan\" cannot be understood; write key = \"text\"");
  EXPECT_EQ(AnswerIn("a = \"b\n", "n").problem, "answers.toml:1: \"a = \"b\" cannot be understood; write a = \"text\"");
}

TEST(Answers, TellsAQuestionThatIsAnsweredTwice) {
  EXPECT_EQ(AnswerIn("n = 6\n\nn = 7\n", "n").problem, "answers.toml:3: `n` is answered twice; remove one of the two");
}

TEST(Answers, RefusesLinksFifosAndHugeFiles) {
  const TemporaryFolder folder;
  folder.Write("elsewhere.toml", "n = 6\n");
  std::filesystem::create_symlink("elsewhere.toml", folder.path() / "answers.toml");
  EXPECT_NE(Answers::Load(folder.path()).Find("n").problem, "");
  std::filesystem::remove(folder.path() / "answers.toml");
  ASSERT_EQ(mkfifo((folder.path() / "answers.toml").c_str(), 0600), 0);
  EXPECT_EQ(Answers::Load(folder.path()).Find("n").problem, "answers.toml is not a plain file");
  std::filesystem::remove(folder.path() / "answers.toml");
  folder.Write("answers.toml", "n = 6\n" + std::string(64 * 1024, '#'));
  EXPECT_EQ(Answers::Load(folder.path()).Find("n").problem, "answers.toml is larger than 64 KiB");
}

TEST(Answers, SurvivesBytesThatAreNoText) {
  EXPECT_NE(AnswerIn(std::string("n = \"\xff\0\"\n", 9), "n").problem, "");
  EXPECT_NE(AnswerIn(std::string(60'000, '['), "n").problem, "");  // nested as deep as it goes
}

}  // namespace
}  // namespace grader::checks
