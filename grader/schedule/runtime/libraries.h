// Where the shared libraries' own variables are.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// Notes what is loaded now; once, before main().
void NoteLibraries();

// Whether a library keeps its variables there, and not the program. Their races are the library's: the caches that
// libstdc++ keeps in its facets are filled without a lock.
bool InLibrary(Address address);

}  // namespace grader::schedule::runtime
