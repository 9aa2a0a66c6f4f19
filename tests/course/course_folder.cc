#include "tests/course/course_folder.h"

#include <cstdlib>
#include <fstream>

#include "grader/course/course.h"
#include "grader/course/error.h"

namespace grader::course {

namespace fs = std::filesystem;

const char* const kCourseText = "title = \"Concurrent programming\"\n";

std::string LabText(int number, const std::string& name) {
  return "[lab]\nnumber = " + std::to_string(number) + "\nname = \"" + name +
         "\"\ntitle = \"A title\"\nday = 7\nkind = \"program\"\n\n[[program]]\nname = \"" + name + "\"\nsources = [\"" +
         name + ".cpp\"]\n";
}

CourseFolder::CourseFolder() {
  std::string name = (fs::temp_directory_path() / "course.XXXXXX").string();
  root_ = mkdtemp(name.data());
  Write("course.toml", kCourseText);
  Write("labs/lab02-reap/lab.toml", LabText(2, "reap"));
  Write("labs/lab03-chat/lab.toml", LabText(3, "chat"));
}

CourseFolder::~CourseFolder() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void CourseFolder::Write(const fs::path& relative, const std::string& text) const {
  fs::create_directories((root_ / relative).parent_path());
  std::ofstream(root_ / relative) << text;
}

std::string CourseFolder::Error() const {
  try {
    LoadCourse(root_);
  } catch (const CourseError& error) {
    return error.what();
  }
  return "no error";
}

std::string CourseFolder::ErrorOfLab(const std::string& text) const {
  Write("labs/lab02-reap/lab.toml", text);
  return Error();
}

std::string CourseFolder::ErrorOfCourse(const std::string& text) const {
  Write("course.toml", text);
  return Error();
}

}  // namespace grader::course
