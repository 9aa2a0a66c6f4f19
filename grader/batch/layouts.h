#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "grader/batch/intake.h"

namespace grader::batch {

// Which layout the names of a folder's entries tell.
Layout LayoutOf(const std::vector<std::filesystem::path>& entries);

// The hand-ins among the entries, not yet matched with a roster; what is none goes into `ignored`. Files of a Canvas
// download that belong together are one hand-in, whose source is the first of them.
std::vector<HandIn> HandInsOf(Layout layout, const std::vector<std::filesystem::path>& entries,
                              std::vector<std::string>& ignored);

// The part of a Canvas file's name behind the numbers, as the student called it, without "-1" for a second attempt.
// Empty if it is no such name.
std::string CanvasFileName(const std::filesystem::path& file);

// The files that belong to the same Canvas hand-in as `first`, in the same folder, by name.
std::vector<std::filesystem::path> CanvasFilesOf(const std::filesystem::path& first);

}  // namespace grader::batch
