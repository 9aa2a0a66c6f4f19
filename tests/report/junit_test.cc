#include "grader/report/junit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <tinyxml2.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

#include "tests/report/hostile.h"
#include "tests/report/samples.h"
#include "tests/report/temporary_folder.h"

namespace grader::report {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using tinyxml2::XMLElement;

const fs::path kSchemas = REPORT_TEST_FOLDER "/schema";
// Jenkins' and Ant's own schemas are not ours to ship; where somebody has laid them beside the checkout they are used
// too.
const fs::path kForeignSchemas = REPORT_TEST_FOLDER "/../../../shared/schemas";

// What xmllint says about `xml` against a schema ("--relaxng" or "--schema"); empty if it validates.
std::string Objections(const std::string& xml, const std::string& kind, const fs::path& schema) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "report.xml";
  std::ofstream(file) << xml;
  const std::string command =
      "xmllint --noout --huge " + kind + " '" + schema.native() + "' '" + file.native() + "' 2>&1";
  FILE* pipe = popen(command.c_str(), "re");
  std::string said;
  char buffer[4096];
  for (std::size_t count; (count = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
    said.append(buffer, count);
  }
  const int status = pclose(pipe);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? "" : command + "\n" + said;
}

void ExpectStrict(const std::string& xml) {
  EXPECT_EQ(Objections(xml, "--relaxng", kSchemas / "junit-strict.rng"), "");
  for (const char* name : {"junit-10.xsd", "windyroad.xsd"}) {
    if (fs::exists(kForeignSchemas / name)) {
      EXPECT_EQ(Objections(xml, "--schema", kForeignSchemas / name), "");
    }
  }
}

const JunitOptions kRich{.dialect = JunitDialect::kRich};

// The suite of a report.
class Parsed {
 public:
  explicit Parsed(const std::string& xml) {
    EXPECT_EQ(document_.Parse(xml.data(), xml.size()), tinyxml2::XML_SUCCESS);
    suite_ = document_.RootElement()->FirstChildElement("testsuite");
  }
  const XMLElement& suite() const { return *suite_; }
  std::vector<const XMLElement*> Testcases() const {
    std::vector<const XMLElement*> found;
    for (auto* at = suite_->FirstChildElement("testcase"); at != nullptr; at = at->NextSiblingElement("testcase")) {
      found.push_back(at);
    }
    return found;
  }
  // Null if there is none.
  const XMLElement* Testcase(const std::string& classname, const std::string& name) const {
    for (const XMLElement* testcase : Testcases()) {
      if (classname == testcase->Attribute("classname") && name == testcase->Attribute("name")) {
        return testcase;
      }
    }
    return nullptr;
  }
  std::string Property(const std::string& name) const {
    const XMLElement* properties = suite_->FirstChildElement("properties");
    for (auto* at = properties->FirstChildElement(); at != nullptr; at = at->NextSiblingElement()) {
      if (name == at->Attribute("name")) {
        return at->Attribute("value");
      }
    }
    return "(none)";
  }

 private:
  tinyxml2::XMLDocument document_;
  const XMLElement* suite_ = nullptr;
};

TEST(Junit, SchemaRefusesWhatOtherReadersRefuse) {
  const std::string good = JunitXml(ZombieFailure());
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string bad = good;
    const std::size_t at = bad.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    bad.replace(at, from.size(), to);
    return Objections(bad, "--relaxng", kSchemas / "junit-strict.rng");
  };
  EXPECT_NE(with("<testsuites>", "<testsuites name=\"x\">"), "");
  EXPECT_NE(with("time=\"3.204\"", "time=\"3.2041\""), "");
  EXPECT_NE(with("16:13:26\"", "16:13:26Z\""), "");
  EXPECT_NE(with("<system-err/>", ""), "");
  EXPECT_NE(with("<testcase ", "<testcase file=\"x\" "), "");
  EXPECT_NE(with("ran: ", "\x1b"), "");
}

TEST(Junit, StrictValidates) {
  for (const Grading& grading :
       {AllPassed(), ZombieFailure(), CompileError(), UntouchedSkeleton(), GraderFault(), OnlyOneAsked(), Grading{}}) {
    ExpectStrict(JunitXml(grading));
  }
}

TEST(Junit, StrictValidatesWhateverASubmissionPrints) {
  for (const auto& [name, bytes] : HostileTexts()) {
    SCOPED_TRACE(name);
    ExpectStrict(JunitXml(FilledWith(bytes)));
  }
}

TEST(Junit, RichIsWellFormedAndOfBoundedSizeWhateverASubmissionPrints) {
  for (const auto& [name, bytes] : HostileTexts()) {
    SCOPED_TRACE(name);
    const std::string xml = JunitXml(FilledWith(bytes), kRich);
    EXPECT_EQ(Objections(xml, "--relaxng", kSchemas / "junit-rich.rng"), "");
    EXPECT_LT(xml.size(), std::size_t{4} << 20);
  }
}

TEST(Junit, CountsWhatItHolds) {
  const Parsed parsed(JunitXml(FilledWith("x")));
  std::map<std::string, int> counts;
  for (const XMLElement* testcase : parsed.Testcases()) {
    ++counts["tests"];
    if (const XMLElement* child = testcase->FirstChildElement()) {
      ++counts[child->Name()];
    }
  }
  EXPECT_EQ(counts["tests"], parsed.suite().IntAttribute("tests"));
  EXPECT_EQ(counts["failure"], parsed.suite().IntAttribute("failures"));
  EXPECT_EQ(counts["error"], parsed.suite().IntAttribute("errors"));
  EXPECT_EQ(counts["skipped"], parsed.suite().IntAttribute("skipped"));
  EXPECT_EQ(counts["failure"], 2);
  EXPECT_EQ(counts["error"], 2);
  EXPECT_EQ(counts["skipped"], 2);
}

TEST(Junit, NoTwoTestcasesOfAClassShareAName) {
  for (const auto& [name, bytes] : HostileTexts()) {
    const std::string xml = JunitXml(FilledWith(bytes));
    const Parsed parsed(xml);
    std::set<std::string> names;
    for (const XMLElement* testcase : parsed.Testcases()) {
      const std::string full = std::string(testcase->Attribute("classname")) + "\n" + testcase->Attribute("name");
      EXPECT_TRUE(names.insert(full).second) << name << ": " << full;
    }
  }
}

TEST(Junit, AFailureIsToldInTheMessageAndInTheElement) {
  const std::string xml = JunitXml(ZombieFailure());
  const Parsed parsed(xml);
  const XMLElement* testcase = parsed.Testcase("lab02-reap.Nohang", "LeavesNoZombieInABurst");
  ASSERT_NE(testcase, nullptr);
  const XMLElement* failure = testcase->FirstChildElement("failure");
  ASSERT_NE(failure, nullptr);
  EXPECT_STREQ(failure->Attribute("message"), "3 of 50 children were never waited for");
  const std::string text = failure->GetText();
  for (const char* part :
       {"expected: every child", "process 42 (forked at reap.cpp:31)", "look at: reap.cpp:31", "printed:\ntick\n",
        "hint: One SIGCHLD", "--only Nohang.LeavesNoZombieInABurst --seed 4711"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

TEST(Junit, AMessageIsOneLine) {
  const std::string xml = JunitXml(FilledWith("one\ntwo\r\n\tthree"));
  EXPECT_THAT(xml, HasSubstr("message=\"one two\\r three\""));
}

TEST(Junit, AFailedBuildIsAFailureOfItsOwn) {
  const std::string xml = JunitXml(CompileError());
  const Parsed parsed(xml);
  const XMLElement* testcase = parsed.Testcase("lab02-reap.Build", "reap");
  ASSERT_NE(testcase, nullptr);
  ASSERT_NE(testcase->FirstChildElement("failure"), nullptr);
  EXPECT_STREQ(testcase->FirstChildElement("failure")->Attribute("type"), "BuildFailed");
  EXPECT_THAT(testcase->FirstChildElement("failure")->GetText(), HasSubstr("reap.cpp:31:17: error: 'waitpit'"));
}

TEST(Junit, AFaultOfTheGraderIsAnErrorNotAFailure) {
  Grading grading = GraderFault();
  grading.faults = {"the checks executable was killed by signal 11"};
  const std::string xml = JunitXml(grading);
  const Parsed parsed(xml);
  EXPECT_EQ(parsed.suite().IntAttribute("errors"), 2);
  EXPECT_EQ(parsed.suite().IntAttribute("failures"), 0);
  ASSERT_NE(parsed.Testcase("lab02-reap.Grader", "works"), nullptr);
  const XMLElement* error = parsed.Testcase("lab02-reap.Nohang", "Ticks")->FirstChildElement("error");
  ASSERT_NE(error, nullptr);
  EXPECT_THAT(error->GetText(), HasSubstr("not of your program"));
}

TEST(Junit, PointsSeedAndIsolationAreProperties) {
  const std::string xml = JunitXml(ZombieFailure());
  const Parsed parsed(xml);
  EXPECT_EQ(parsed.Property("seed"), "4711");
  EXPECT_EQ(parsed.Property("isolation"), "full");
  EXPECT_EQ(parsed.Property("points"), "28");
  EXPECT_EQ(parsed.Property("points.total"), "40");
  EXPECT_EQ(parsed.Property("points.Nohang.LeavesNoZombieInABurst"), "0 of 10");
}

TEST(Junit, RichLeadsToTheLineOfTheSubmissionAndHoldsItsOutput) {
  const std::string xml = JunitXml(ZombieFailure(), kRich);
  const Parsed parsed(xml);
  EXPECT_STREQ(parsed.suite().Attribute("timestamp"), "2026-11-23T16:13:26.123Z");
  const XMLElement* failed = parsed.Testcase("lab02-reap.Nohang", "LeavesNoZombieInABurst");
  ASSERT_NE(failed, nullptr);
  EXPECT_STREQ(failed->Attribute("file"), "skeletons/lab02-reap/reap.cpp");
  EXPECT_STREQ(failed->Attribute("line"), "31");
  ASSERT_NE(failed->FirstChildElement("system-out"), nullptr);
  EXPECT_THAT(failed->FirstChildElement("system-out")->GetText(), HasSubstr("tick\ntick"));
  const XMLElement* passed = parsed.Testcase("lab02-reap.Quiz", "Answers");
  ASSERT_NE(passed, nullptr);
  EXPECT_STREQ(passed->Attribute("file"), "labs/lab02-reap/checks/reap.cc");
}

TEST(Junit, HiddenChecksStayHidden) {
  EXPECT_THAT(JunitXml(UntouchedSkeleton(), kRich), Not(HasSubstr("Storm")));
  EXPECT_THAT(JunitXml(UntouchedSkeleton(), kRich), Not(HasSubstr("sigaction")));
  EXPECT_THAT(JunitXml(UntouchedSkeleton(), {.audience = Audience::kInstructor}), HasSubstr("SurvivesAStorm"));
}

}  // namespace
}  // namespace grader::report
