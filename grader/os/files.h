// Small files read and written whole, mostly those of kernel file systems.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

// The descriptor that makes an ...At function take its path from the current directory (AT_FDCWD).
inline constexpr int kHere = -100;

// Opens for reading, close-on-exec; O_NOFOLLOW and the like in flags (openat(2)). Throws std::system_error.
Fd OpenAt(int folder, const char* path, int flags);

// The whole content; empty if it cannot be opened or read (a process that has just ended). Never throws for that.
std::optional<std::string> ReadFileAt(int folder, const char* path);

// Reads an open file of a kernel file system anew, from its start. Empty if that fails.
std::optional<std::string> ReadAgain(const Fd& file);

// Writes text with one write(2) to an existing file. Between fork and exec.
Errno WriteFileAt(int folder, const char* path, std::string_view text) noexcept;

// Opens a path below root for reading without leaving it by "..", links or mounts of other kinds (openat2(2) with
// RESOLVE_BENEATH, RESOLVE_NO_SYMLINKS, RESOLVE_NO_MAGICLINKS). Never blocks on a fifo. Throws std::system_error.
Fd OpenBeneath(const Fd& root, const char* path);

}  // namespace grader::os
