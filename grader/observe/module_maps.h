#pragma once

#include <string>
#include <string_view>

#include "grader/sandbox/files.h"

namespace grader::observe {

// Reduces the text of /proc/PID/maps to the lines of files from which code can have been loaded, and writes the
// machine's own path into each: below a view its host path, below the system folders unchanged. All other lines (heap,
// stacks, files the program made itself) are left out, so that processes with the same modules have the same text. At
// most kMostModuleLines.
std::string ModuleMaps(std::string_view maps, const sandbox::Files& files);

inline constexpr int kMostModuleLines = 1000;

// Whether a path of the machine lies in one of the views.
bool InView(std::string_view host_path, const sandbox::Files& files);

}  // namespace grader::observe
