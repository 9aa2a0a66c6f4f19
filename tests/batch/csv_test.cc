#include "grader/batch/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grader/batch/error.h"

namespace grader::batch {
namespace {

using ::testing::ElementsAre;

std::vector<std::vector<std::string>> Cells(std::string_view text) {
  std::vector<std::vector<std::string>> cells;
  for (const auto& row : ReadCsv(text, "r.csv")) cells.push_back(row.cells);
  return cells;
}

TEST(ReadCsv, ReadsWhatSpreadsheetsWrite) {
  EXPECT_THAT(Cells("a,b\r\nc,\"d, \"\"e\"\"\n\"\n"),
              ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d, \"e\"\n")));
  EXPECT_THAT(Cells("\xEF\xBB\xBFid;name\n1;Doe, Jane\n"),
              ElementsAre(ElementsAre("id", "name"), ElementsAre("1", "Doe, Jane")));
  EXPECT_THAT(Cells("a,\n,,\n\nb"), ElementsAre(ElementsAre("a", ""), ElementsAre("b")));
}

TEST(ReadCsv, KnowsTheLineOfEachRow) {
  const auto rows = ReadCsv("a\n\"b\nc\"\nd\n", "r.csv");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].line, 2);
  EXPECT_EQ(rows[2].line, 4);
}

TEST(ReadCsv, NamesTheLineOfAnOpenQuote) {
  EXPECT_THAT([] { ReadCsv("a\n\"b\n", "r.csv"); },
              ::testing::ThrowsMessage<InputError>("r.csv:2: a quote is not closed; add the second \""));
}

TEST(CsvLine, QuotesWhatNeedsIt) {
  EXPECT_EQ(CsvLine({"a", "b, c", "say \"hi\"", ""}), "a,\"b, c\",\"say \"\"hi\"\"\",\n");
}

TEST(CsvLine, MakesNoFormulas) {
  EXPECT_EQ(CsvLine({"=HYPERLINK(1)", "@x", "-1.5", "+a"}), "'=HYPERLINK(1),'@x,-1.5,'+a\n");
}

}  // namespace
}  // namespace grader::batch
