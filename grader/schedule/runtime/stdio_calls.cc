// Input and output: a point before each call, as others see what order they come in; and the locks of streams.
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "grader/schedule/runtime/locks.h"
#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/races.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/seal.h"

namespace grader::schedule::runtime {
namespace {

// The lock of a stream is an object beside the stream's own memory.
Object& StreamAt(FILE* stream) { return ObjectAt(reinterpret_cast<char*>(stream) + 1, ObjectKind::kStream); }

// Waits for whoever has the stream by flockfile(), as the C library would.
void Enter(FILE* stream, Operation operation, Pc caller) {
  if (!in_run) return;
  Object& object = StreamAt(stream);
  const Pending pending{operation, &object, SpotOf(caller), true};
  Point(pending);
  while (object.owner != nullptr && object.owner != current) Wait(pending);
}

void EnterDescriptor(Operation operation, Pc caller) { Point(operation, nullptr, caller); }

// Whether reading from it can make the process wait for somebody: pipes, sockets, terminals.
bool MayBlock(int fd) {
  struct stat status = {};
  if (fstat(fd, &status) != 0) return false;
  return S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode) || (S_ISCHR(status.st_mode) && isatty(fd) != 0) ||
         (!S_ISREG(status.st_mode) && !S_ISCHR(status.st_mode));
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

// A function of the C library that writes to the stream.
#define GRADE_OUTPUT(result, name, parameters, stream, ...)          \
  GRADE_INTERPOSE result name parameters {                           \
    static const auto original = Original<result parameters>(#name); \
    Enter(stream, Operation::kOutput, GRADE_CALLER);                 \
    return original(__VA_ARGS__);                                    \
  }

GRADE_OUTPUT(int, puts, (const char* text), stdout, text)
GRADE_OUTPUT(int, putchar, (int character), stdout, character)
GRADE_OUTPUT(int, putc, (int character, FILE* stream), stream, character, stream)
GRADE_OUTPUT(int, fputc, (int character, FILE* stream), stream, character, stream)
GRADE_OUTPUT(int, fputs, (const char* text, FILE* stream), stream, text, stream)
GRADE_OUTPUT(int, vprintf, (const char* format, va_list list), stdout, format, list)
GRADE_OUTPUT(int, vfprintf, (FILE * stream, const char* format, va_list list), stream, stream, format, list)

GRADE_INTERPOSE size_t fwrite(const void* data, size_t size, size_t count, FILE* stream) {
  static const auto original = Original<size_t(const void*, size_t, size_t, FILE*)>("fwrite");
  Enter(stream, Operation::kOutput, GRADE_CALLER);
  if (size * count > 0) Visit(AddressOf(data), size * count, kReads, GRADE_CALLER);
  return original(data, size, count, stream);
}

GRADE_INTERPOSE int printf(const char* format, ...) {
  static const auto original = Original<int(const char*, va_list)>("vprintf");
  Enter(stdout, Operation::kOutput, GRADE_CALLER);
  va_list list;
  va_start(list, format);
  const int result = original(format, list);
  va_end(list);
  return result;
}

GRADE_INTERPOSE int fprintf(FILE* stream, const char* format, ...) {
  static const auto original = Original<int(FILE*, const char*, va_list)>("vfprintf");
  Enter(stream, Operation::kOutput, GRADE_CALLER);
  va_list list;
  va_start(list, format);
  const int result = original(stream, format, list);
  va_end(list);
  return result;
}

GRADE_INTERPOSE ssize_t write(int fd, const void* data, size_t size) {
  static const auto original = Original<ssize_t(int, const void*, size_t)>("write");
  EnterDescriptor(Operation::kOutput, GRADE_CALLER);
  if (in_run && size > 0) Visit(AddressOf(data), size, kReads, GRADE_CALLER);
  if (!IsGuarded(fd)) return original(fd, data, size);
  errno = EBADF;
  return -1;
}

GRADE_INTERPOSE ssize_t read(int fd, void* data, size_t size) {
  static const auto original = Original<ssize_t(int, void*, size_t)>("read");
  if (IsGuarded(fd)) {
    errno = EBADF;
    return -1;
  }
  if (in_run) {
    if (MayBlock(fd)) EndUnsupported("read() from a pipe, socket or terminal", GRADE_CALLER);
    EnterDescriptor(Operation::kInput, GRADE_CALLER);
    if (size > 0) Visit(AddressOf(data), size, kWrites, GRADE_CALLER);
  }
  return original(fd, data, size);
}

GRADE_INTERPOSE void flockfile(FILE* stream) {
  Object& object = StreamAt(stream);
  const Pending pending{Operation::kLock, &object, SpotOf(GRADE_CALLER), true};
  Point(pending);
  while (object.owner != nullptr && object.owner != current) Wait(pending);
  object.owner = current;
  ++object.depth;
}

GRADE_INTERPOSE int ftrylockfile(FILE* stream) {
  Object& object = StreamAt(stream);
  Point(Operation::kTryLock, &object, GRADE_CALLER);
  if (object.owner != nullptr && object.owner != current) return -1;
  object.owner = current;
  ++object.depth;
  return 0;
}

GRADE_INTERPOSE void funlockfile(FILE* stream) {
  Object& object = StreamAt(stream);
  if (object.owner != current || --object.depth > 0) return;
  object.owner = nullptr;
  WakeAll(object);
  Point(Operation::kUnlock, &object, GRADE_CALLER);
}

// For probes: a step that the grader sees, and a point.
GRADE_INTERPOSE void grade_mark(const char*) { Point(Operation::kMark, nullptr, GRADE_CALLER, false); }
