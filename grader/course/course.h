#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "grader/course/lab.h"

namespace grader::course {

// course.toml and the labs found beside it.
struct Course {
  std::string title;
  std::filesystem::path root;  // where course.toml is
  LabLimits limits;            // defaults for every lab
  std::vector<Lab> labs;       // by number
};

// Reads root/course.toml and every root/labs/*/lab.toml. Throws CourseError.
Course LoadCourse(const std::filesystem::path& root);

// "lab3", "3", "chat", "lab03-chat". Throws CourseError naming the nearest lab if there is none.
const Lab& FindLab(const Course& course, std::string_view words);

}  // namespace grader::course
