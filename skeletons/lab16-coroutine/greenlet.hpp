// greenlet.hpp, lab16: functions that can be suspended and resumed, as in Python's greenlet.
//
//   Greenlet echo([](Greenlet::Value first) -> Greenlet::Value {
//     Greenlet::Value second = Greenlet::current().parent()->switch_to(first);   // suspended in here
//     return second;
//   });
//   echo.switch_to(1);   // returns 1
//   echo.switch_to(2);   // returns 2: echo is dead
//
// Fixed: everything outside the private section. Yours: the private section, and all of greenlet.cpp.
// Stackful: a greenlet has a stack of its own, so it may switch inside functions that it called, however deep.
// Use ucontext, some assembly, or Boost.Context. Greenlets belong to the thread that made them.
#pragma once

#include <any>
#include <functional>

// Thrown out of switch_to in a suspended greenlet that is being destroyed, so that its locals are destroyed. Let it
// pass.
struct GreenletExit {};

class Greenlet {
 public:
  using Value = std::any;
  using Function = std::function<Value(Value)>;

  // A greenlet that will run fn, with 64 KiB of stack or more. Its parent is the greenlet that makes it; a parent
  // outlives its children. Throws std::invalid_argument if fn is empty, std::bad_alloc if there is no stack.
  explicit Greenlet(Function fn);

  // Unwinds fn with GreenletExit if it is suspended; control comes back here, not to the parent. Frees the stack.
  ~Greenlet();
  Greenlet(const Greenlet&) = delete;
  Greenlet& operator=(const Greenlet&) = delete;

  // Suspends the caller and runs this greenlet: the first time it calls fn(value), later value is what its own pending
  // switch_to returns. Comes back when somebody switches to the caller, with that value, or when a child of the caller
  // ends, with what its fn returned. An exception that leaves a child's fn is thrown out of here instead. Switching to
  // oneself returns value. Throws std::logic_error if this greenlet is dead or belongs to another thread.
  // Not to be called while an exception is being handled (in a catch block).
  Value switch_to(Value value = {});

  // True when fn has returned or thrown; false before and between.
  bool dead() const noexcept;

  // Where control goes when fn ends, whoever switched here last; null for the main greenlet.
  Greenlet* parent() const noexcept;

  // The greenlet that is running. Outside all others it is the thread's main greenlet, which is never dead.
  static Greenlet& current();

 private:
  // YOURS
};
