#pragma once

#include <elfutils/libdwfl.h>

#include <string>
#include <vector>

#include "grader/observe/stack.h"

namespace grader::observe {

// Whether a file compiled into a program is the student's own: the standard library's headers, and the course's driver
// of a library lab, are compiled into it as well.
bool IsStudents(const std::string& file);

// The calls that one machine-level frame stands for, innermost first: those the compiler inlined there, then the
// function itself. address: of the call or instruction, in the module. Files are as the compiler was given them.
// in_submission is left false.
std::vector<Frame> SourceFrames(Dwfl_Module* module, Dwarf_Addr address);

}  // namespace grader::observe
