// lab.toml.
#include "grader/course/lab.h"

#include "grader/course/error.h"
#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  static const InputFile file("labs/lab02-reap/lab.toml");
  file.Write(bytes);
  try {
    const course::Lab lab = course::LoadLab(file.path());
    Require(lab.number == 2 && lab.name == "reap", "a lab is called as its folder");
    Require(!lab.programs.empty(), "a lab has a program");
    for (const course::LabProgram& program : lab.programs) {
      for (const std::string& source : program.sources) {
        Require(source.find("..") == std::string::npos || source[0] != '/', "sources are the submission's");
      }
    }
  } catch (const course::CourseError& error) {
    Require(std::string_view(error.what()).find('\n') == std::string_view::npos, "an error is one line");
  }
}

}  // namespace grader::fuzz
