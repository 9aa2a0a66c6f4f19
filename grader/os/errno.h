// How raw calls report failure.
#pragma once

#include <cerrno>
#include <system_error>

namespace grader::os {

// 0 for success, else an errno(3) value. Returned by the calls that also serve between fork and exec, where nothing may
// throw, allocate or log.
using Errno = int;

// Throws std::system_error for the current errno; call names the failed call and its object: "openat /box".
[[noreturn]] inline void ThrowErrno(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

// The same for an Errno in hand.
inline void ThrowIf(Errno error, const char* call) {
  if (error != 0) throw std::system_error(error, std::generic_category(), call);
}

}  // namespace grader::os
