// Whole folders.
#pragma once

#include <string>

#include "grader/os/fd.h"

namespace grader::os {

// Removes what has this name in a folder, and all below it, however deep, whatever its modes. Follows no link. What
// cannot be removed stays. Nobody else may be at work in it.
void RemoveTree(const Fd& folder, const std::string& name) noexcept;

// Makes `to`, which is not there yet, a copy of the file or folder `from`: files are links to the same where `files`
// says so and the file system can, else copies; links and devices inside are left out. Folders and copies may be read
// by all. Throws std::filesystem::filesystem_error.
enum class Files { kLinked, kCopied };
void CopyTree(const std::string& from, const std::string& to, Files files);

}  // namespace grader::os
