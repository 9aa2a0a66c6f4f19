#pragma once

#include "grader/course/lab.h"
#include "grader/course/toml_table.h"

namespace grader::course {

// The [limits] table of a lab.toml or course.toml; nothing set if there is none. Throws CourseError.
LabLimits ReadLimits(const TomlTable& file);

}  // namespace grader::course
