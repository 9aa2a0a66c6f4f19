// course.toml.
#include "grader/course/course.h"

#include "grader/course/error.h"
#include "tests/fuzz/target.h"

namespace grader::fuzz {

void Try(std::string_view bytes) {
  static const InputFile file("course.toml");
  file.Write(bytes);
  try {
    const course::Course course = course::LoadCourse(file.folder());
    Require(course.labs.empty(), "no lab without a folder of its own");
  } catch (const course::CourseError& error) {
    Require(std::string_view(error.what()).find('\n') == std::string_view::npos, "an error is one line");
  }
}

}  // namespace grader::fuzz
