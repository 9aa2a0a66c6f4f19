// Lab 16: greenlets. greenlet.hpp says what they must do; the handout, how one goes about it.
#include "greenlet.hpp"

#include <stdexcept>
#include <utility>

// TODO: a stack, and what is to be remembered of a greenlet: its function, its parent, whether it has begun, is dead.
Greenlet::Greenlet(Function fn) { (void)fn; }

// TODO: who is suspended is unwound.
Greenlet::~Greenlet() = default;

// TODO: switch to the other stack, with makecontext and swapcontext, or with a few lines of assembly.
Greenlet::Value Greenlet::switch_to(Value value) { return value; }

bool Greenlet::dead() const noexcept { return false; }  // TODO

Greenlet* Greenlet::parent() const noexcept { return nullptr; }  // TODO

// TODO: each thread has a main greenlet, which has no stack of its own: it runs on the thread's.
Greenlet& Greenlet::current() { throw std::logic_error("not written yet"); }
