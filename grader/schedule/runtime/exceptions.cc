// Exceptions that nobody catches, and what exception_ptr orders.
#include <cxxabi.h>

#include <exception>
#include <typeinfo>

#include "grader/schedule/runtime/exit.h"
#include "grader/schedule/runtime/original.h"
#include "grader/schedule/runtime/raw_call.h"
#include "grader/schedule/runtime/report.h"
#include "grader/schedule/runtime/scheduler.h"
#include "grader/schedule/runtime/shadow.h"

namespace grader::schedule::runtime {
namespace {

// What the current exception says; null if it says nothing.
const char* WhatOfCurrent() {
  try {
    throw;
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return nullptr;
  }
}

[[noreturn]] void OnTerminate() {
  if (!in_run) Fault("scheduler: terminate() outside the program");
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) {
    AddFinding(FindingKind::kTerminated, Operation::kExit, SpotOf(current->latest_pc));
    EndFound();
  }
  Finding& finding = AddFinding(FindingKind::kUncaughtException, Operation::kExit, current->thrown);
  int status = 0;
  const char* name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
  SetText(finding, status == 0 ? name : type->name(), WhatOfCurrent());
  EndFound();
}

// The library counts the owners of an exception in code that nobody instrumented.
void PassOn(void* exception) {
  if (exception == nullptr || !in_run || !Concurrent()) return;
  Object& object = ObjectAt(exception, ObjectKind::kMemory);
  ReleaseInto(*current, object);
  Acquire(*current, object);
}

// Exceptions thrown again from an exception_ptr; the end of their handler gives up a share.
constexpr unsigned kMostRethrown = 8;
void* rethrown[kMostRethrown];
unsigned rethrown_count = 0;

}  // namespace

void WatchForTermination() { std::set_terminate(OnTerminate); }

}  // namespace grader::schedule::runtime

using namespace grader::schedule;
using namespace grader::schedule::runtime;

GRADE_INTERPOSE void __cxa_throw(void* object, void* type, void (*destroy)(void*)) {
  current->thrown = SpotOf(GRADE_CALLER);
  Original<void(void*, void*, void (*)(void*))>("__cxa_throw")(object, type, destroy);
  __builtin_unreachable();
}

// std::terminate()
GRADE_INTERPOSE void _ZSt9terminatev() {
  current->latest_pc = SpotOf(GRADE_CALLER).pc;
  Original<void()>("_ZSt9terminatev")();
  __builtin_unreachable();
}

// std::__exception_ptr::exception_ptr::_M_addref() and _M_release()
GRADE_INTERPOSE void _ZNSt15__exception_ptr13exception_ptr9_M_addrefEv(void** self) {
  static const auto original = Original<void(void**)>("_ZNSt15__exception_ptr13exception_ptr9_M_addrefEv");
  PassOn(*self);
  original(self);
}

GRADE_INTERPOSE void _ZNSt15__exception_ptr13exception_ptr10_M_releaseEv(void** self) {
  static const auto original = Original<void(void**)>("_ZNSt15__exception_ptr13exception_ptr10_M_releaseEv");
  PassOn(*self);
  original(self);
}

// std::rethrow_exception(exception_ptr)
GRADE_INTERPOSE void _ZSt17rethrow_exceptionNSt15__exception_ptr13exception_ptrE(void** pointer) {
  PassOn(*pointer);
  rethrown[rethrown_count++ % kMostRethrown] = *pointer;
  current->thrown = SpotOf(GRADE_CALLER);
  Original<void(void**)>("_ZSt17rethrow_exceptionNSt15__exception_ptr13exception_ptrE")(pointer);
  __builtin_unreachable();
}

GRADE_INTERPOSE void __cxa_end_catch() {
  static const auto original = Original<void()>("__cxa_end_catch");
  const unsigned count = rethrown_count < kMostRethrown ? rethrown_count : kMostRethrown;
  for (unsigned i = 0; i < count; ++i) PassOn(rethrown[i]);
  original();
}
