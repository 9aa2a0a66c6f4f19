#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "grader/course/lab.h"

namespace grader::course {

// What handing in late costs.
struct LateRule {
  std::chrono::milliseconds grace{0};  // late only after that
  int percent_per_day = 0;             // of the lab's points, for each day begun
  std::optional<int> days;             // nothing is accepted later than that; empty: always
};

// course.toml and the labs found beside it.
struct Course {
  std::string title;
  std::filesystem::path root;  // where course.toml is
  LabLimits limits;            // defaults for every lab
  std::optional<LateRule> late;
  std::vector<Lab> labs;  // by number
};

// Reads root/course.toml and every root/labs/*/lab.toml. Throws CourseError.
Course LoadCourse(const std::filesystem::path& root);

// "lab3", "3", "chat", "lab03-chat", in any case, also as a folder "lab03-chat/". Null if there is no such lab.
const Lab* FindLabIfAny(const Course& course, std::string_view words);

// The same, but throws CourseError, naming the nearest lab, if there is none.
const Lab& FindLab(const Course& course, std::string_view words);

}  // namespace grader::course
