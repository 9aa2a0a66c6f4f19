#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "grader/batch/store.h"
#include "grader/cli/build_cache.h"
#include "grader/cli/context.h"
#include "grader/cli/installation.h"
#include "grader/course/course.h"
#include "grader/os/termination.h"
#include "grader/report/grading.h"

namespace grader::cli {

// The course and one of its labs, as the commands on batches need them.
class BatchLab {
 public:
  // `lab` as it was typed. Throws CourseError, UsageError, FaultError.
  BatchLab(const Context& context, const std::string& lab);
  BatchLab(const BatchLab&) = delete;
  BatchLab& operator=(const BatchLab&) = delete;

  const course::Course& course() const { return course_; }
  const course::Lab& lab() const { return lab_; }
  const std::filesystem::path& program() const { return context_.caller.executable; }  // grade itself
  std::filesystem::path checks() const { return installation_.ChecksOf(lab_); }

  // Grades one folder; empty if termination was asked for. Reports name the lab instead of the folder: identical
  // hand-ins share one, and nobody is told of another student. May be called by several threads.
  std::optional<report::Grading> Judge(const std::filesystem::path& folder, std::uint64_t seed,
                                       const os::Termination& termination) const;

  // grades.csv and the rest, made anew from the store of `results`.
  void WriteReports(const batch::Store& store, const std::filesystem::path& results) const;

 private:
  const Context& context_;
  Installation installation_;
  course::Course course_;
  const course::Lab& lab_;
  BuildCache cache_;
};

}  // namespace grader::cli
