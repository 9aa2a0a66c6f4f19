// Programs that are no file of the machine (memfd_create(2)).
#pragma once

#include <cstddef>
#include <span>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

// A nameless file with this content that can be executed. Throws std::system_error.
Fd MakeExecutable(const char* name, std::span<const std::byte> content);

// Becomes the program behind the descriptor, with one argument and an empty environment (execveat(2)). Returns only
// when that fails. Between fork and exec.
Errno Execute(int executable, const char* name, const char* argument) noexcept;

}  // namespace grader::os
