#include "grader/report/html_class.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tinyxml2.h>

#include "grader/report/class_figures.h"
#include "tests/report/hostile.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

void ExpectWellFormed(const std::string& page) {
  tinyxml2::XMLDocument document;
  EXPECT_EQ(document.Parse(page.c_str(), page.size()), tinyxml2::XML_SUCCESS) << document.ErrorStr();
}

TEST(ClassPage, ShowsWhoPassedWhat) {
  const std::string page = ClassHtml(SampleClass());
  ExpectWellFormed(page);
  EXPECT_THAT(page, AllOf(HasSubstr("<a href=\"students/ada/report.html\">Ada Lovelace</a>"),
                          HasSubstr("title=\"3 of 50 children were never waited for\""), HasSubstr(">missing<"),
                          HasSubstr("the archive is cut off"), HasSubstr("survives a storm of signals (hidden)")));
}

TEST(ClassPage, CountsByCheck) {
  const auto columns = ColumnsOf(SampleClass());
  ASSERT_EQ(columns.size(), 13u);
  EXPECT_EQ(columns[4].id, "Nohang.LeavesNoZombieInABurst");
  EXPECT_EQ(columns[4].passed, 1);
  EXPECT_EQ(columns[4].failed, 2);
  EXPECT_EQ(columns[5].skipped, 1);
}

TEST(ClassPage, MeansLeaveTheMissingOut) {
  EXPECT_THAT(PointsKnown(SampleClass()), ElementsAre(0, 1, 28, 40));
  EXPECT_EQ(MedianOf({0, 2, 28, 40}), 15);
  EXPECT_EQ(MedianOf({1, 2, 9}), 2);
}

TEST(ClassPage, HasAPlaceForPairsThatAreAlike) {
  ClassReport report = SampleClass();
  EXPECT_THAT(ClassHtml(report), Not(HasSubstr("Hand-ins that are alike")));
  report.compared = 2;
  EXPECT_THAT(ClassHtml(report), AllOf(HasSubstr("2 hand-ins compared, without what the skeleton gave; 1 came or"),
                                       HasSubstr("No two have much in common.")));
  report.compared = 3;
  report.similar = {{"ada", "<b>", 93.4, 71, "reap.cpp:10-80"}};
  const std::string page = ClassHtml(report);
  ExpectWellFormed(page);
  const std::string alike = page.substr(page.find("Hand-ins that are alike"));
  EXPECT_THAT(alike, AllOf(HasSubstr("93 %"), HasSubstr("71 %"), HasSubstr("&lt;b&gt;"),
                           HasSubstr("<a href=\"students/ada/report.html\">Ada Lovelace</a>"),
                           HasSubstr("3 hand-ins compared, without what the skeleton gave.<")));
}

TEST(ClassPage, ShowsTheFirstOfManyPairs) {
  ClassReport report = SampleClass();
  report.compared = 3;
  for (int i = 0; i < 51; ++i) report.similar.push_back({"ada", "number" + std::to_string(i), 90, 90, ""});
  EXPECT_THAT(ClassHtml(report),
              AllOf(HasSubstr("The first 50 of 51 pairs."), HasSubstr("number49"), Not(HasSubstr("number50"))));
}

TEST(ClassPage, IsWellFormedWhateverStudentsAreCalled) {
  for (const auto& [name, bytes] : HostileTexts()) {
    ClassReport report = SampleClass();
    const std::string text = bytes.substr(0, 4096);
    for (ClassRow& row : report.rows) row.student = row.name = row.group = row.note = text;
    report.compared = 1;
    report.similar = {{text, text, 1, 1, text}};
    report.rows[0].cells = CellsOf(FilledWith(text), Audience::kInstructor);
    ExpectWellFormed(ClassHtml(report));
  }
  ExpectWellFormed(ClassHtml({}));
}

}  // namespace
}  // namespace grader::report
