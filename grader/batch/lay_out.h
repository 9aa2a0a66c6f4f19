#pragma once

#include <filesystem>

#include "grader/batch/store.h"
#include "grader/course/lab.h"

namespace grader::batch {

// Finds out what is to be graded of entry.hand_in, and its fingerprint; archives are unpacked below `results`. What
// cannot be graded gets its problem instead. Throws StoreError if the machine cannot write.
void LayOut(Entry& entry, const course::Lab& lab, const std::filesystem::path& results);

}  // namespace grader::batch
