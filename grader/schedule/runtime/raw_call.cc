#include "grader/schedule/runtime/raw_call.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#include "grader/schedule/runtime/report.h"

namespace grader::schedule::runtime {

void Fault(const char* message) {
  NoteFault(message);
  std::size_t size = 0;
  while (message[size] != 0) ++size;
  RawCall(SYS_write, 2, Arg(message), static_cast<long>(size));
  RawCall(SYS_write, 2, Arg("\n"), 1);
  RawCall(SYS_exit_group, 99);
  __builtin_unreachable();
}

bool ReadAll(int fd, void* data, std::size_t size) {
  for (char* at = static_cast<char*>(data); size > 0;) {
    const long got = RawCall(SYS_read, fd, Arg(at), static_cast<long>(size));
    if (got == -EINTR) continue;
    if (got <= 0) return false;
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool WriteAll(int fd, const void* data, std::size_t size) {
  for (const char* at = static_cast<const char*>(data); size > 0;) {
    const long put = RawCall(SYS_write, fd, Arg(at), static_cast<long>(size));
    if (put == -EINTR) continue;
    if (put <= 0) return false;
    at += put;
    size -= static_cast<std::size_t>(put);
  }
  return true;
}

void WaitFor(int& word) {
  while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0) {
    RawCall(SYS_futex, Arg(&word), FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, 0);
  }
  __atomic_store_n(&word, 0, __ATOMIC_RELEASE);
}

void Post(int& word) {
  __atomic_store_n(&word, 1, __ATOMIC_RELEASE);
  RawCall(SYS_futex, Arg(&word), FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1);
}

}  // namespace grader::schedule::runtime
