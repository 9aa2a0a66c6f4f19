#include "grader/clients/dialogue.h"

#include <gmock/gmock.h>

namespace grader::clients {
namespace {

using testing::ElementsAre;
using Voice = Dialogue::Voice;

TEST(Quoted, ShowsWhatCanBeTyped) {
  EXPECT_EQ(Quoted("a\tb\r\n\"\\"), R"("a\tb\r\n\"\\")");
  EXPECT_EQ(Quoted(std::string_view("\0\x80", 2)), R"("\000\200")");
}

TEST(Quoted, ShortensInTheMiddle) { EXPECT_EQ(Quoted(std::string(100, 'x') + "y", 4), "\"xx…xy\" (101 bytes)"); }

TEST(Dialogue, JoinsWhatTheNetworkCut) {
  Dialogue dialogue;
  dialogue.Add(Voice::kNote, "connects");
  dialogue.Add(Voice::kSaid, "a");
  dialogue.Add(Voice::kSaid, "b");
  dialogue.Add(Voice::kHeard, "O");
  dialogue.Add(Voice::kHeard, "K");
  EXPECT_THAT(dialogue.Lines(), ElementsAre("connects", "said \"a\"", "said \"b\"", "heard \"OK\""));
}

TEST(Dialogue, KeepsBeginningAndEndOfALongOne) {
  Dialogue dialogue;
  for (int i = 0; i < 100; ++i) dialogue.Add(Voice::kSaid, std::to_string(i));
  const auto lines = dialogue.Lines();
  ASSERT_EQ(lines.size(), 17u);
  EXPECT_EQ(lines.front(), "said \"0\"");
  EXPECT_EQ(lines[8], "(84 more)");
  EXPECT_EQ(lines.back(), "said \"99\"");
}

TEST(Dialogue, CountsTheBytesOfALongMessage) {
  Dialogue dialogue;
  for (int i = 0; i < 1000; ++i) dialogue.Add(Voice::kHeard, "0123456789");
  ASSERT_EQ(dialogue.Lines().size(), 1u);
  EXPECT_THAT(dialogue.Lines().front(), testing::EndsWith("…012345678901234567890123456789\" (10000 bytes)"));
}

}  // namespace
}  // namespace grader::clients
