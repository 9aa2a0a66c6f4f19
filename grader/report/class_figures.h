// The figures of a class page.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "grader/report/html.h"
#include "grader/report/html_class.h"

namespace grader::report {

// One check over the whole class.
struct ClassColumn {
  std::string id;
  std::string title;
  bool hidden = false;
  double max = 0;
  int passed = 0;
  int failed = 0;
  int skipped = 0;
  int judged = 0;  // ran to its end
  std::chrono::milliseconds took{0};
};

// In the order of the lab, as the first gradings tell it.
std::vector<ClassColumn> ColumnsOf(const ClassReport& report);

// Of those whose points are known, without the missing ones; ascending.
std::vector<double> PointsKnown(const ClassReport& report);

// Of at least one, ascending.
double MedianOf(const std::vector<double>& values);

// How many students have how many points, in tenths of the total, with the same as a table for those who do not see it.
void PutHistogram(Html& html, const ClassReport& report);

}  // namespace grader::report
