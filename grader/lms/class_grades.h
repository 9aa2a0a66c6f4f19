// A class's grades, as `grade batch` left them in its results folder, for the gradebooks of learning platforms.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace grader::lms {

// One row of grades.csv. Texts are one line each, of visible characters.
struct Grade {
  std::string id;
  std::string name;
  std::string email;
  std::optional<double> points;  // after the late rule; empty: the grader failed, and nobody knows
  std::optional<double> max;
  std::string status;    // "graded", "refused", "missing", "fault"
  std::string feedback;  // one line for the student: "28 of 40 points, 2 days late"
};

struct ClassGrades {
  std::string lab;  // "lab02-reap"
  double max = 0;   // points of the lab; 0 if nobody was graded
  std::vector<Grade> grades;
};

// Reads RESULTS/grades.csv. Throws batch::InputError, with file and line, for what is no such table.
ClassGrades ReadClassGrades(const std::filesystem::path& results);

}  // namespace grader::lms
