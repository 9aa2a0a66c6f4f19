// Where a sandbox without a root of its own keeps what programs know as /work, /tmp or /box: below a folder of its own,
// its base. Commands are told so; what they print and were built with is told back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grader/sandbox/protocol.h"

namespace grader::sandbox {

// What the folders of all spawners begin with; random letters, a slash and a number follow.
inline constexpr char kRunFolders[] = "/tmp/grade-run.";

// The private folders every sandbox has.
inline constexpr const char* kPrivateFolders[] = {"/work", "/tmp", "/dev/shm", "/dev/mqueue"};

// A path inside, as it is reached from base.
std::string PlaceOf(const std::string& base, std::string_view inside);

// Makes the order's arguments, environment and directory name the places they mean below base.
void MoveBelow(const std::string& base, LaunchOrder& order);

// The text with every base taken out of its paths.
std::string WithoutBases(std::string_view text);

}  // namespace grader::sandbox
