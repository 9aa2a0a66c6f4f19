#pragma once

#include <filesystem>
#include <string>

namespace grader::course {

// A course in a temporary folder, removed at the end: a good one that a test then changes.
class CourseFolder {
 public:
  CourseFolder();
  CourseFolder(const CourseFolder&) = delete;
  CourseFolder& operator=(const CourseFolder&) = delete;
  ~CourseFolder();

  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path LabToml(const std::string& id) const { return root_ / "labs" / id / "lab.toml"; }

  void Write(const std::filesystem::path& relative, const std::string& text) const;

  // The one-line message of the CourseError that loading the course throws; "no error" if it throws none.
  std::string Error() const;
  // The same after lab02-reap's lab.toml has become this text.
  std::string ErrorOfLab(const std::string& text) const;
  std::string ErrorOfCourse(const std::string& text) const;

 private:
  std::filesystem::path root_;
};

// Good texts.
std::string LabText(int number, const std::string& name);
extern const char* const kCourseText;

}  // namespace grader::course
