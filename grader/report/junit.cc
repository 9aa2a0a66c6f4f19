#include "grader/report/junit.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <filesystem>
#include <set>
#include <string_view>
#include <utility>

#include "grader/report/bounds.h"
#include "grader/report/explain.h"
#include "grader/report/text.h"
#include "grader/report/when.h"

namespace grader::report {
namespace {

using tinyxml2::XMLElement;

// Every attribute is one line: parsers turn raw line breaks in attributes into blanks.
void Set(XMLElement& element, const char* name, std::string_view value) {
  element.SetAttribute(name, OneLine(value).c_str());
}

void SetNumber(XMLElement& element, const char* name, int value) { element.SetAttribute(name, value); }

void AddProperty(XMLElement& properties, std::string_view name, std::string_view value) {
  XMLElement& property = *properties.InsertNewChildElement("property");
  Set(property, "name", name);
  Set(property, "value", value);
}

// Both the attribute and the content: GitLab shows only the latter, others only the former.
void AddReason(XMLElement& testcase, const char* element, std::string_view message, std::string_view text) {
  XMLElement& reason = *testcase.InsertNewChildElement(element);
  Set(reason, "message", message);
  reason.SetText(XmlText(text).c_str());
}

void SetType(XMLElement& testcase, const char* type) { testcase.LastChildElement()->SetAttribute("type", type); }

struct Place {
  std::string file;
  std::string line;
};

// Writes one grading as one test suite.
class Suite {
 public:
  Suite(const Grading& grading, JunitDialect dialect) : grading_(grading), dialect_(dialect) {}

  void WriteInto(XMLElement& suites);

 private:
  bool Rich() const { return dialect_ == JunitDialect::kRich; }
  void WriteHead();
  void WriteProperties();
  XMLElement& AddTestcase(std::string_view group, std::string_view name, std::chrono::milliseconds took);
  void WriteBuild(const checks::BuildReport& build);
  void WriteFaults();
  void WriteCheck(const GradedCheck& check);
  void WriteVerdict(XMLElement& testcase, const GradedCheck& check);
  void WriteDetails(XMLElement& testcase, const GradedCheck& check);
  void WriteCounts();
  Place PlaceOf(const GradedCheck& check) const;

  const Grading& grading_;
  JunitDialect dialect_;
  XMLElement* suite_ = nullptr;
  std::set<std::pair<std::string, std::string>> names_;
  int tests_ = 0;
  int failures_ = 0;
  int errors_ = 0;
  int skipped_ = 0;
};

void Suite::WriteInto(XMLElement& suites) {
  suite_ = suites.InsertNewChildElement("testsuite");
  WriteHead();
  WriteProperties();
  for (const checks::BuildReport& build : grading_.builds) {
    WriteBuild(build);
  }
  for (const GradedCheck& check : grading_.checks) {
    WriteCheck(check);
  }
  WriteFaults();
  WriteCounts();
  suite_->InsertNewChildElement("system-out");
  suite_->InsertNewChildElement("system-err");
}

void Suite::WriteHead() {
  const Subject& subject = grading_.subject;
  const std::string name = OneLine(subject.lab);
  const std::string host = OneLine(subject.machine.host);
  Set(*suite_, "name", name.empty() ? "lab" : name);
  Set(*suite_, "package", "grade");
  SetNumber(*suite_, "id", 0);
  Set(*suite_, "hostname", host.empty() ? "localhost" : host);
  Set(*suite_, "timestamp", Rich() ? UtcMilliseconds(subject.started) : UtcSeconds(subject.started));
  Set(*suite_, "time", Seconds(grading_.elapsed));
}

void Suite::WriteProperties() {
  const Subject& subject = grading_.subject;
  const Points points = PointsOf(grading_);
  XMLElement& properties = *suite_->InsertNewChildElement("properties");
  AddProperty(properties, "grade.version", subject.version);
  AddProperty(properties, "title", subject.title);
  AddProperty(properties, "submission", subject.submission);
  AddProperty(properties, "command", subject.command);
  AddProperty(properties, "seed", std::to_string(grading_.seed));
  AddProperty(properties, "isolation", grading_.isolation);
  AddProperty(properties, "points", PointsText(points.earned));
  AddProperty(properties, "points.total", PointsText(points.total));
  AddProperty(properties, "system", subject.machine.system);
  AddProperty(properties, "kernel", subject.machine.kernel);
  AddProperty(properties, "processors", std::to_string(subject.machine.processors));
  for (const GradedCheck& check : grading_.checks) {
    AddProperty(properties, "points." + check.info.id,
                fmt::format("{} of {}", PointsText(check.result.points), PointsText(check.info.points)));
    if (!check.result.bound.empty()) {
      AddProperty(properties, "bound." + check.info.id, check.result.bound);
    }
  }
}

// Readers keep the first of two test cases with one name in one class, so names are made unique.
XMLElement& Suite::AddTestcase(std::string_view group, std::string_view name, std::chrono::milliseconds took) {
  const std::string lab = OneLine(grading_.subject.lab);
  const std::string classname = fmt::format("{}.{}", lab.empty() ? "lab" : lab, OneLine(group));
  const std::string wanted = OneLine(name).empty() ? "unnamed" : OneLine(name);
  std::string unique = wanted;
  for (int i = 2; !names_.emplace(classname, unique).second; ++i) {
    unique = fmt::format("{} ({})", wanted, i);
  }
  ++tests_;
  XMLElement& testcase = *suite_->InsertNewChildElement("testcase");
  Set(testcase, "classname", classname);
  Set(testcase, "name", unique);
  Set(testcase, "time", Seconds(took));
  return testcase;
}

// A failed build is a test case of its own: the checks behind it may only be skipped, and a file without a failure is
// green.
void Suite::WriteBuild(const checks::BuildReport& build) {
  XMLElement& testcase = AddTestcase("Build", build.program, build.took);
  if (!build.ok) {
    ++failures_;
    AddReason(testcase, "failure", build.summary, build.summary + "\n" + build.messages);
    SetType(testcase, "BuildFailed");
  } else if (Rich() && !build.messages.empty()) {
    testcase.InsertNewChildElement("system-out")->SetText(XmlText(build.messages).c_str());
  }
}

void Suite::WriteFaults() {
  for (const std::string& fault : grading_.faults) {
    ++errors_;
    XMLElement& testcase = AddTestcase("Grader", "works", std::chrono::milliseconds(0));
    AddReason(testcase, "error", fault, fmt::format("{}\n{}", kNotYourFault, fault));
    SetType(testcase, "GraderFault");
  }
}

void Suite::WriteCheck(const GradedCheck& check) {
  const std::string& id = check.info.id;
  const std::size_t dot = id.rfind('.');
  const bool grouped = dot != std::string::npos && dot > 0;
  XMLElement& testcase =
      AddTestcase(grouped ? id.substr(0, dot) : "Checks", grouped ? id.substr(dot + 1) : id, check.result.took);
  if (Rich()) {
    WriteDetails(testcase, check);
  }
  WriteVerdict(testcase, check);
  if (Rich() && !check.result.output.empty()) {
    testcase.InsertNewChildElement("system-out")->SetText(XmlText(check.result.output).c_str());
  }
}

void Suite::WriteVerdict(XMLElement& testcase, const GradedCheck& check) {
  switch (check.verdict) {
    case Verdict::kPassed:
      return;
    case Verdict::kFailed:
      ++failures_;
      AddReason(testcase, "failure", Summary(check), Explanation(grading_, check));
      SetType(testcase, "CheckFailed");
      return;
    case Verdict::kSkipped:
    case Verdict::kLeftOut:
      ++skipped_;
      AddReason(testcase, "skipped", Summary(check), Summary(check));
      return;
    case Verdict::kFault:
      ++errors_;
      AddReason(testcase, "error", Summary(check), Explanation(grading_, check));
      SetType(testcase, "GraderFault");
      return;
  }
}

void Suite::WriteDetails(XMLElement& testcase, const GradedCheck& check) {
  if (const auto place = PlaceOf(check); !place.file.empty()) {
    Set(testcase, "file", place.file);
    Set(testcase, "line", place.line);
  }
  XMLElement& properties = *testcase.InsertNewChildElement("properties");
  AddProperty(properties, "title", check.info.title);
  AddProperty(properties, "points", PointsText(check.result.points));
  AddProperty(properties, "points.total", PointsText(check.info.points));
  if (const std::string hint = HintFor(grading_, check); !hint.empty()) {
    AddProperty(properties, "hint", hint);
  }
}

// Where a reader is sent: the line of the submission that is to blame, else the check.
Place Suite::PlaceOf(const GradedCheck& check) const {
  for (const checks::Failure& failure : check.result.failures) {
    const std::size_t colon = failure.location.rfind(':');
    if (colon != std::string::npos && colon > 0) {
      const std::filesystem::path file =
          std::filesystem::path(grading_.subject.submission) / failure.location.substr(0, colon);
      return {file.native(), failure.location.substr(colon + 1)};
    }
  }
  return {check.info.file, std::to_string(check.info.line)};
}

void Suite::WriteCounts() {
  SetNumber(*suite_, "tests", tests_);
  SetNumber(*suite_, "failures", failures_);
  SetNumber(*suite_, "errors", errors_);
  SetNumber(*suite_, "skipped", skipped_);
}

}  // namespace

std::string JunitXml(const Grading& grading, const JunitOptions& options) {
  const Grading shown = WithBounds(Redacted(grading, options.audience));
  tinyxml2::XMLDocument document;
  document.InsertEndChild(document.NewDeclaration());
  XMLElement* suites = document.NewElement("testsuites");
  document.InsertEndChild(suites);
  Suite(shown, options.dialect).WriteInto(*suites);
  tinyxml2::XMLPrinter printer;
  document.Print(&printer);
  return printer.CStr();
}

}  // namespace grader::report
