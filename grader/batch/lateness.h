#pragma once

#include <chrono>
#include <optional>

#include "grader/batch/hand_in.h"
#include "grader/course/course.h"

namespace grader::batch {

// How late a hand-in is, and what that costs.
struct Lateness {
  int days = 0;          // begun after the due date, the extension and the grace period; 0: in time
  double kept = 1;       // of the points, by the course's rule
  bool unknown = false;  // the LMS says that it is late, and not how late: nothing is taken off
};

// Empty if the lab has no due date, or nobody knows when it was handed in: files' dates prove nothing. Without a rule
// in the course, lateness is told and costs nothing.
std::optional<Lateness> LatenessOf(const HandIn& hand_in, std::optional<std::chrono::sys_seconds> due,
                                   std::chrono::seconds extension, const std::optional<course::LateRule>& rule);

}  // namespace grader::batch
