#include "grader/report/class_junit.h"

#include <fmt/format.h>
#include <tinyxml2.h>

#include <stdexcept>
#include <string_view>

#include "grader/report/text.h"

namespace grader::report {
namespace {

using tinyxml2::XMLElement;

// "lab02-reap.Reap" of alice: "lab02-reap.alice.Reap".
std::string ClassOf(std::string_view classname, const std::string& lab, const std::string& student) {
  if (classname.starts_with(lab)) classname.remove_prefix(lab.size());
  if (classname.starts_with('.')) classname.remove_prefix(1);
  return fmt::format("{}.{}.{}", lab, student, classname);
}

void Rename(XMLElement& suite, const std::string& student, int id) {
  const char* name = suite.Attribute("name");
  const std::string lab = name == nullptr ? "lab" : name;
  suite.SetAttribute("name", fmt::format("{}.{}", lab, student).c_str());
  suite.SetAttribute("id", id);
  for (auto* one = suite.FirstChildElement("testcase"); one != nullptr; one = one->NextSiblingElement("testcase")) {
    const char* classname = one->Attribute("classname");
    one->SetAttribute("classname", ClassOf(classname == nullptr ? "" : classname, lab, student).c_str());
  }
}

}  // namespace

std::string ClassJunitXml(const std::vector<ClassSuite>& parts) {
  tinyxml2::XMLDocument document;
  document.InsertEndChild(document.NewDeclaration());
  XMLElement& suites = *document.NewElement("testsuites");
  document.InsertEndChild(&suites);
  int id = 0;
  for (const ClassSuite& part : parts) {
    tinyxml2::XMLDocument one;
    if (one.Parse(part.junit.c_str(), part.junit.size()) != tinyxml2::XML_SUCCESS || one.RootElement() == nullptr) {
      throw std::invalid_argument("the report of " + OneLine(part.student) + " is no JUnit file");
    }
    for (auto* suite = one.RootElement()->FirstChildElement("testsuite"); suite != nullptr;
         suite = suite->NextSiblingElement("testsuite")) {
      XMLElement& copy = *suite->DeepClone(&document)->ToElement();
      Rename(copy, OneLine(part.student), id++);
      suites.InsertEndChild(&copy);
    }
  }
  tinyxml2::XMLPrinter printer;
  document.Print(&printer);
  return printer.CStr();
}

}  // namespace grader::report
