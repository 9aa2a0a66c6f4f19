// memcpy(), strlen() and their kind: accesses to memory in code that nobody instrumented.
//
// The compiler calls some of these for the runtime's own needs too; those callers are let alone.
#include <string.h>

#include "grader/schedule/runtime/races.h"

extern "C" {
extern const char __ehdr_start __attribute__((visibility("hidden")));  // the first byte of this library
extern const char etext __attribute__((visibility("hidden")));         // behind its code
}

namespace grader::schedule::runtime {
namespace {

bool Own(Pc caller) { return caller - AddressOf(&__ehdr_start) < AddressOf(&etext) - AddressOf(&__ehdr_start); }

void Reads(const void* at, std::size_t size, Pc caller) {
  if (size > 0 && !Own(caller)) Visit(AddressOf(at), size, kReads, caller);
}

void Writes(void* at, std::size_t size, Pc caller) {
  if (size > 0 && !Own(caller)) Visit(AddressOf(at), size, kWrites, caller);
}

void Forwards(void* to, const void* from, std::size_t size) {
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

void Backwards(void* to, const void* from, std::size_t size) {
  void* to_end = static_cast<char*>(to) + size - 1;
  const void* from_end = static_cast<const char*>(from) + size - 1;
  asm volatile("std; rep movsb; cld" : "+D"(to_end), "+S"(from_end), "+c"(size) : : "memory");
}

std::size_t LengthOf(const char* text) {
  std::size_t size = 0;
  while (static_cast<const volatile char*>(text)[size] != 0) ++size;
  return size;
}

std::size_t LengthOf(const char* text, std::size_t most) {
  std::size_t size = 0;
  while (size < most && static_cast<const volatile char*>(text)[size] != 0) ++size;
  return size;
}

// Of the first bytes that differ, as unsigned characters.
int Compare(const void* a, const void* b, std::size_t size, bool strings, std::size_t& seen) {
  const auto* first = static_cast<const volatile unsigned char*>(a);
  const auto* second = static_cast<const volatile unsigned char*>(b);
  for (seen = 0; seen < size; ++seen) {
    const int difference = first[seen] - second[seen];
    if (difference != 0 || (strings && first[seen] == 0)) {
      ++seen;
      return difference;
    }
  }
  return 0;
}

int CompareSeen(const void* a, const void* b, std::size_t size, bool strings, Pc caller) {
  std::size_t seen = 0;
  const int result = Compare(a, b, size, strings, seen);
  Reads(a, seen, caller);
  Reads(b, seen, caller);
  return result;
}

char* CopyText(char* to, const char* from, std::size_t length, Pc caller) {
  Reads(from, length + 1, caller);
  Writes(to, length + 1, caller);
  Forwards(to, from, length + 1);
  return to;
}

}  // namespace
}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE void* memcpy(void* __restrict to, const void* __restrict from, std::size_t size) {
  Reads(from, size, GRADE_CALLER);
  Writes(to, size, GRADE_CALLER);
  Forwards(to, from, size);
  return to;
}

GRADE_INTERPOSE void* memmove(void* to, const void* from, std::size_t size) {
  Reads(from, size, GRADE_CALLER);
  Writes(to, size, GRADE_CALLER);
  if (size > 0 && AddressOf(to) - AddressOf(from) < size) {
    Backwards(to, from, size);
  } else {
    Forwards(to, from, size);
  }
  return to;
}

GRADE_INTERPOSE void* memset(void* to, int value, std::size_t size) {
  Writes(to, size, GRADE_CALLER);
  void* at = to;
  asm volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(value) : "memory");
  return to;
}

GRADE_INTERPOSE int memcmp(const void* a, const void* b, std::size_t size) {
  return CompareSeen(a, b, size, false, GRADE_CALLER);
}

GRADE_INTERPOSE std::size_t strlen(const char* text) {
  const std::size_t length = LengthOf(text);
  Reads(text, length + 1, GRADE_CALLER);
  return length;
}

GRADE_INTERPOSE std::size_t strnlen(const char* text, std::size_t most) {
  const std::size_t length = LengthOf(text, most);
  Reads(text, length < most ? length + 1 : most, GRADE_CALLER);
  return length;
}

GRADE_INTERPOSE int strcmp(const char* a, const char* b) {
  return CompareSeen(a, b, ~std::size_t{0}, true, GRADE_CALLER);
}

GRADE_INTERPOSE int strncmp(const char* a, const char* b, std::size_t size) {
  return CompareSeen(a, b, size, true, GRADE_CALLER);
}

GRADE_INTERPOSE char* strcpy(char* __restrict to, const char* __restrict from) {
  return CopyText(to, from, LengthOf(from), GRADE_CALLER);
}

GRADE_INTERPOSE char* strncpy(char* __restrict to, const char* __restrict from, std::size_t size) {
  const std::size_t length = LengthOf(from, size);
  Reads(from, length < size ? length + 1 : size, GRADE_CALLER);
  Writes(to, size, GRADE_CALLER);
  Forwards(to, from, length);
  for (std::size_t i = length; i < size; ++i) static_cast<volatile char*>(to)[i] = 0;
  return to;
}

GRADE_INTERPOSE char* strcat(char* __restrict to, const char* __restrict from) {
  const std::size_t length = LengthOf(to);
  Reads(to, length + 1, GRADE_CALLER);
  CopyText(to + length, from, LengthOf(from), GRADE_CALLER);
  return to;
}
