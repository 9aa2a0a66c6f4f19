#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace grader::cli {

// The files of a program that is explored, as the compiler's sandbox gets to see them.
struct ExploredFiles {
  std::filesystem::path folder;      // the innermost that holds all of them, and each -I
  std::vector<std::string> sources;  // relative to it
  std::vector<std::string> flags;    // those typed, -I led to where the folder stands
};

// typed: files, relative to directory. Throws UsageError if one is no readable file of C++.
ExploredFiles FindExplored(const std::vector<std::string>& typed, const std::vector<std::string>& flags,
                           const std::filesystem::path& directory);

}  // namespace grader::cli
