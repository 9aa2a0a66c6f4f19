#include "grader/batch/roster.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/batch/error.h"

namespace grader::batch {
namespace {

using namespace std::chrono_literals;

void ExpectError(const std::string& text, const std::string& message) {
  EXPECT_THAT([&] { Roster::Parse(text, "r.csv"); }, ::testing::ThrowsMessage<InputError>(message));
}

TEST(Roster, ReadsColumnsByName) {
  const auto roster = Roster::Parse("Name, ID ,email,seat,extension\nAda L,ada7,ada@x.org,12,2d\nBob,b1,,,\n", "r.csv");
  ASSERT_EQ(roster.students().size(), 2u);
  const auto& ada = roster.students()[0];
  EXPECT_EQ(ada.id, "ada7");
  EXPECT_EQ(ada.name, "Ada L");
  EXPECT_EQ(ada.extension, 48h);
  EXPECT_EQ(roster.Find("ada"), &ada);
  EXPECT_EQ(roster.Find("ada@x.org"), &ada);
  EXPECT_EQ(roster.Find("b1"), &roster.students()[1]);
  EXPECT_EQ(roster.Find("zoe"), nullptr);
}

TEST(Roster, TellsWhereItIsWrong) {
  ExpectError("", "r.csv:1: the roster is empty; its first row names the columns: id,name,email");
  ExpectError("name\nx\n",
              "r.csv:1: there is no column id; the first row names the columns: id,name,email,group,extension");
  ExpectError("id,name\n,x\n", "r.csv:2: a student without an id; fill it in, or remove the row");
  ExpectError("id\na\n\na\n", "r.csv:4: 'a' is there twice; keep one row");
  ExpectError("id,extension\na,soon\n", "r.csv:2: 'soon' is no extension; write 2d, 36h or 90min");
  ExpectError("id,extension\na,-2d\n", "r.csv:2: '-2d' is no extension; write 2d, 36h or 90min");
}

}  // namespace
}  // namespace grader::batch
