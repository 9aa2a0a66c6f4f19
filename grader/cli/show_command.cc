#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "grader/cli/command.h"
#include "grader/cli/submission.h"
#include "grader/course/course.h"
#include "grader/course/error.h"

namespace grader::cli {
namespace {

ExitStatus Show(const std::string& words, const Context& context) {
  const course::Course course = course::LoadCourse(FindInstallation(context.caller).course_root);
  const course::Lab& lab = course::FindLab(course, words);
  std::ifstream handout(lab.folder / "README.md");
  if (!handout) throw course::CourseError(ShortName(lab) + " has no handout yet (labs/" + lab.id + "/README.md)");
  std::cout << handout.rdbuf();
  return ExitStatus::kSuccess;
}

}  // namespace

void AddShow(const Commands& commands) {
  const auto lab = std::make_shared<std::string>();
  Command& show = commands.line.Add("show", "print the handout of a lab");
  show.Argument({{ValueKind::kLab}, "the lab: lab3, 3 or chat"}, *lab);
  show.Does([commands, lab] { return Show(*lab, commands.context); });
}

}  // namespace grader::cli
