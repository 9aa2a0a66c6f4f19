// Which headers of a submission the course's own sources can come to read.
#pragma once

#include <vector>

#include "grader/build/source_files.h"

namespace grader::build {

// The files of `theirs` that an #include can lead to from `ours`, in their order. Judged by names alone, so rather too
// many than too few: a file counts if its name stands anywhere in what can be read. All, if something is included whose
// name is not written out.
std::vector<SourceFile> Reachable(const std::vector<SourceFile>& ours, std::vector<SourceFile> theirs);

}  // namespace grader::build
