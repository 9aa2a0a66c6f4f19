#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/batch/hand_in.h"
#include "grader/batch/roster.h"
#include "grader/course/lab.h"

namespace grader::batch {

// How hand-ins lie in a folder.
enum class Layout {
  kPlain,       // alice/, bob.zip: called after the student; of a git checkout, the last commit tells when
  kMoodle,      // Alice Doe_12345_assignsubmission_file_/, or Alice Doe_12345_assignsubmission_file_reap.cpp
  kCanvas,      // doealice_12345_67890_reap.cpp, doealice_LATE_12345_67890_lab.zip: files side by side
  kGradescope,  // submission_12345/ beside submission_metadata.yml
};

struct Intake {
  Layout layout = Layout::kPlain;
  std::vector<HandIn> hand_ins;      // by student
  std::vector<std::string> ignored;  // one sentence for each thing that is no hand-in
};

// What is in `folder`; its layout is told by the names. A student of the roster is known by id, e-mail address or its
// part before the @. Two hand-ins of one student are one with a problem. Throws InputError if folder cannot be read or
// holds no hand-in.
Intake TakeIn(const std::filesystem::path& folder, const Roster& roster);

// Puts the files of a hand-in below `scratch`, an empty folder, if it is an archive or a collection of files, and finds
// the folder in it that holds one of the lab's programs: itself, or one further down that nobody doubts. Throws
// RefusedArchive (the reason is the student's to read) or std::system_error.
std::filesystem::path FolderToGrade(const HandIn& hand_in, const course::Lab& lab,
                                    const std::filesystem::path& scratch);

}  // namespace grader::batch
