// System calls past the C library, whose wrappers the runtime interposes or which lock and allocate.
#pragma once

#include "grader/schedule/runtime/base.h"

namespace grader::schedule::runtime {

// syscall(2). The result, or a negative errno.
inline long RawCall(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
  long result;
  register long r10 asm("r10") = d;
  register long r8 asm("r8") = e;
  register long r9 asm("r9") = f;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
               : "rcx", "r11", "memory");
  return result;
}

template <typename T>
long Arg(T* pointer) {
  return reinterpret_cast<long>(pointer);
}

// Ends the process; message goes to standard error. For what only a fault of the runtime or the machine can cause.
[[noreturn]] void Fault(const char* message);

// Reads or writes all of size bytes; false at the end of the file or on an error.
bool ReadAll(int fd, void* data, std::size_t size);
bool WriteAll(int fd, const void* data, std::size_t size);

// Waits until word is not 0 and makes it 0. Post makes it 1 and wakes who waits. futex(2)
void WaitFor(int& word);
void Post(int& word);

}  // namespace grader::schedule::runtime
