#pragma once

#include <string>
#include <vector>

#include "grader/batch/batch.h"

namespace grader::batch {

// How the hand-ins stand once all that can be graded is.
struct Standing {
  int faults = 0;
  int refused = 0;
  int missing = 0;
};

// Writes into order.results, each file whole or not at all:
//   grades.csv             id,lab,points,max,status,late,raw,name,email,group,note: one row for each hand-in and each
//                          student of the roster without one, by id
//   junit.xml              one suite for each hand-in that was graded
//   students/<id>/         report.txt, report.json, report.html, trace.json, junit.xml, as the student may see them
//   index.html             the class, for instructors
// status is graded, fault, refused or missing; late is the days, empty if nobody knows; points are after the late rule,
// raw before it. A fault has no points: they are not lost but not known.
Standing WriteResults(const BatchOrder& order, const std::vector<Entry>& entries, const Store& store);

// A student's id as the name of a file: other characters than letters, digits and "._@-" become "_", and what differs
// thereby from the id gets a piece of its digest behind it, so that no two ids meet.
std::string FileNameOf(const std::string& student);

}  // namespace grader::batch
