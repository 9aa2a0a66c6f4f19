// Programs under the controlled scheduler must not define what its runtime defines: the linker would prefer theirs, and
// the runtime would not hear of locks, threads or accesses to memory.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace grader::build {

// The names of functions and variables that the library lets others see, and that the program defines too, also for
// itself alone: its own calls go there; sorted. Without those that the linker makes in every file, and operator new and
// delete, which are a program's to replace. Of ELF files for 64 bits (elf(5)); what is none defines nothing.
std::vector<std::string> NamesInBoth(std::string_view program, std::string_view library);

}  // namespace grader::build
