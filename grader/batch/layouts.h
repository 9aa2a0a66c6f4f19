#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "grader/batch/intake.h"

namespace grader::batch {

// Which layout the names of a folder's entries tell.
Layout LayoutOf(const std::vector<std::filesystem::path>& entries);

// The hand-ins among the entries, not yet matched with a roster; what is none goes into `ignored`. Loose files
// that belong together are one hand-in, whose source is the first of them.
std::vector<HandIn> HandInsOf(Layout layout, const std::vector<std::filesystem::path>& entries,
                              std::vector<std::string>& ignored);

// A file of a download without folders, by its name: Canvas knows no other, Moodle has both.
struct LooseFile {
  std::string hand_in;  // the same for files that belong together
  std::string name;     // as the student called it, without Canvas's "-1" for a second attempt
};

// None if it is no such name.
std::optional<LooseFile> LooseFileOf(const std::filesystem::path& file);

// The files that belong to the same hand-in as `first`, itself among them, in the same folder, by name. None if it is
// no loose file.
std::vector<std::filesystem::path> LooseFilesWith(const std::filesystem::path& first);

}  // namespace grader::batch
