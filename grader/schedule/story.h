// What went wrong in a run, told to a student.
#pragma once

#include <string>
#include <vector>

#include "grader/schedule/scene.h"

namespace grader::schedule {

struct Story {
  std::string happened;            // one sentence, without a full stop
  std::vector<std::string> facts;  // one line each
  std::string location;            // "a.cpp:31" of the student's code, if known
  std::string hint;                // what would mend it, in general
};

// Of the finding that ended the run, else of the first. The run must have one (HasFinding()).
Story Tell(Scene& scene);

}  // namespace grader::schedule
