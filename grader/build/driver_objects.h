// The course's part of a library lab's program.
#pragma once

#include <filesystem>

#include "grader/build/compiler.h"

namespace grader::build {

// Compiles the target's extra sources with the submission's headers and nothing else of it, and puts the objects in
// their place, in inputs. That takes longer than compiling the student's own files, changes seldom, and is the same for
// all who left the headers that it includes as they are: it is kept for everybody, below cache. If one does not
// compile, inputs stay as they are. Returns what the compiler said, and whether all are built. Throws as
// Builder::Build() does.
Compiled CompileDrivers(sandbox::Spawner& spawner, const std::filesystem::path& cache, Inputs& inputs);

}  // namespace grader::build
