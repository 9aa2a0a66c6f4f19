#pragma once

#include <elfutils/libdwfl.h>

#include <vector>

#include "grader/observe/stack.h"

namespace grader::observe {

// The calls that one machine-level frame stands for, innermost first: those the compiler inlined there, then the
// function itself. address: of the call or instruction, in the module. Files are as the compiler was given them.
// in_submission is left false.
std::vector<Frame> SourceFrames(Dwfl_Module* module, Dwarf_Addr address);

}  // namespace grader::observe
