#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tinyxml2.h>

#include <functional>
#include <set>

#include "grader/report/html.h"
#include "grader/report/html_page.h"
#include "tests/report/hostile.h"
#include "tests/report/samples.h"

namespace grader::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tinyxml2::XMLElement;

std::vector<Grading> Samples() {
  return {AllPassed(),   ZombieFailure(), CompileError(), UntouchedSkeleton(),
          GraderFault(), OnlyOneAsked(),  WithPictures(), Grading{}};
}

// Calls `visit` for each element of a page that must be well-formed.
void ForEachElement(const std::string& page, const std::function<void(const XMLElement&)>& visit) {
  tinyxml2::XMLDocument document;
  ASSERT_EQ(document.Parse(page.c_str(), page.size()), tinyxml2::XML_SUCCESS) << document.ErrorStr();
  const std::function<void(const XMLElement&)> walk = [&](const XMLElement& element) {
    visit(element);
    for (const auto* child = element.FirstChildElement(); child != nullptr; child = child->NextSiblingElement()) {
      walk(*child);
    }
  };
  ASSERT_NE(document.RootElement(), nullptr);
  walk(*document.RootElement());
}

TEST(Html, EscapesTextAndAttributes) {
  Html html;
  html.Put("p", {{"title", "\"'<&>"}}, "</p><script>alert(1)</script>]]>&amp;\x1b\xff\xe2\x80\xae");
  EXPECT_EQ(std::move(html).Take(),
            "<p title=\"&quot;&#39;&lt;&amp;&gt;\">&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;]]&gt;&amp;amp;"
            "\\x1b\\xff\\u{202e}</p>\n");
}

TEST(Html, EndsElementsWithTheirScopes) {
  Html html;
  {
    const auto outer = html.In("ul");
    html.Put("li", "a");
    html.Void("br");
  }
  EXPECT_EQ(std::move(html).Take(), "<ul><li>a</li>\n<br/></ul>\n");
}

TEST(HtmlPage, IsWellFormedWhateverASubmissionPrints) {
  for (const auto& [name, bytes] : HostileTexts()) {
    Grading grading = FilledWith(bytes);
    grading.checks[1].result.timeline = ZombieTimeline();
    for (auto& event : grading.checks[1].result.timeline.events) event.text = bytes.substr(0, 200);
    const std::string page = HtmlText(grading, Audience::kInstructor);
    int elements = 0;
    ForEachElement(page, [&](const XMLElement&) { ++elements; });
    EXPECT_GT(elements, 50) << name;
    EXPECT_LT(page.size(), std::size_t{8} << 20) << name;
  }
}

TEST(HtmlPage, HoldsNothingThatRunsOrComesFromElsewhere) {
  for (const Grading& grading : Samples()) {
    ForEachElement(HtmlText(grading), [](const XMLElement& element) {
      const std::string name = element.Name();
      EXPECT_TRUE(name != "script" && name != "img" && name != "link" && name != "iframe" && name != "form") << name;
      for (const auto* one = element.FirstAttribute(); one != nullptr; one = one->Next()) {
        const std::string attribute = one->Name();
        EXPECT_FALSE(attribute.starts_with("on") || attribute == "src" || attribute == "style") << attribute;
        EXPECT_TRUE(attribute != "href" || one->Value()[0] == '#') << one->Value();
      }
    });
  }
  EXPECT_THAT(HtmlText(AllPassed()), HasSubstr("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"));
}

TEST(HtmlPage, LinksLeadSomewhereAndIdsAreUnique) {
  for (const Grading& grading : Samples()) {
    std::set<std::string> ids;
    std::set<std::string> links;
    ForEachElement(HtmlText(grading), [&](const XMLElement& element) {
      if (const char* id = element.Attribute("id")) {
        EXPECT_TRUE(ids.insert(id).second) << id;
      }
      if (const char* link = element.Attribute("href")) links.insert(link + 1);
      if (const char* label = element.Attribute("aria-labelledby")) {
        const std::string labels = label;
        for (std::size_t at = 0; at < labels.size();) {
          const auto end = std::min(labels.find(' ', at), labels.size());
          links.insert(labels.substr(at, end - at));
          at = end + 1;
        }
      }
    });
    for (const std::string& link : links) EXPECT_TRUE(ids.contains(link)) << link;
  }
}

TEST(HtmlPage, HeadingsComeInOrder) {
  for (const Grading& grading : Samples()) {
    int level = 0;
    ForEachElement(HtmlText(grading), [&](const XMLElement& element) {
      const std::string name = element.Name();
      if (name.size() != 2 || name[0] != 'h' || name[1] < '1' || name[1] > '6') return;
      const int next = name[1] - '0';
      EXPECT_LE(next, level + 1);
      EXPECT_TRUE(next > 1 || level == 0) << "a second h1";
      level = next;
    });
  }
}

TEST(HtmlPage, SaysWhatHappenedAndHowToSeeItAgain) {
  const std::string page = HtmlText(WithPictures());
  EXPECT_THAT(page, AllOf(HasSubstr("3 of 50 children were never waited for"),
                          HasSubstr("process 7 (forked at reap.cpp:31)"), HasSubstr("One SIGCHLD can stand for many"),
                          HasSubstr("--only Nohang.LeavesNoZombieInABurst --seed 4711"),
                          HasSubstr("--replay Waitall.PrintsInTheOrderOfEnding@4711/1/abc")));
  EXPECT_THAT(HtmlText(CompileError()), HasSubstr("&#39;waitpit&#39; was not declared"));
  EXPECT_THAT(HtmlText(GraderFault()), HasSubstr("No space left on device"));
}

TEST(HtmlPage, KeepsHiddenChecksFromStudents) {
  EXPECT_THAT(HtmlText(WithPictures()), AllOf(Not(HasSubstr("secret")), Not(HasSubstr("SurvivesAStorm")),
                                              HasSubstr("What hidden checks look at is for instructors.")));
  EXPECT_THAT(HtmlText(WithPictures(), Audience::kInstructor),
              AllOf(HasSubstr("secret fact"), HasSubstr("survives a storm")));
}

TEST(HtmlPage, DrawsALaneForEachProcessAndThread) {
  std::vector<int> lanes;
  ForEachElement(HtmlText(WithPictures()), [&](const XMLElement& element) {
    const char* style = element.Attribute("class");
    if (std::string(element.Name()) == "svg" && element.Attribute("aria-labelledby") != nullptr) lanes.push_back(0);
    if (style != nullptr && std::string(style) == "lane-row") ++lanes.back();
  });
  EXPECT_THAT(lanes, testing::ElementsAre(3, 5));
}

TEST(HtmlPage, TellsThePictureInWords) {
  EXPECT_THAT(HtmlText(WithPictures()),
              AllOf(HasSubstr("<li>process 3 is made by the program (process 2)</li>"),
                    HasSubstr("<li>process 3 is waited for by the program (process 2)</li>"),
                    HasSubstr("<li>thread 2 locks mutex first, must wait, at bank.cpp:42, holding mutex second</li>"),
                    HasSubstr("is a zombie for 118.0 ms"), HasSubstr("never waited for")));
}

TEST(HtmlPage, HasNoPictureWithoutARun) { EXPECT_THAT(HtmlText(ZombieFailure()), Not(HasSubstr("<figure"))); }

}  // namespace
}  // namespace grader::report
