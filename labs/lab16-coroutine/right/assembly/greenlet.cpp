// Greenlets that switch by a few lines of assembly (x86-64): what a function must preserve is pushed on the old stack,
// and popped from the new one.
#include "greenlet.hpp"

#include <cstdint>
#include <exception>
#include <stdexcept>
#include <thread>
#include <utility>

#include "stack.hpp"

struct Greenlet::State {
  Function fn;
  Greenlet* parent = nullptr;
  Greenlet* killer = nullptr;  // who destroys it, and goes on when it has been unwound
  std::thread::id owner = std::this_thread::get_id();
  Stack stack;
  void* top = nullptr;  // of its stack, while it is suspended
  Value value;
  std::exception_ptr error;
  bool begun = false;
  bool dead = false;
};

// Pushes the registers, keeps the stack's top in *from, and goes on where `to` was kept.
extern "C" void lab16_switch(void** from, void* to);
asm(R"(
.text
.globl lab16_switch
.type lab16_switch, @function
lab16_switch:
  pushq %rbp
  pushq %rbx
  pushq %r12
  pushq %r13
  pushq %r14
  pushq %r15
  movq %rsp, (%rdi)
  movq %rsi, %rsp
  popq %r15
  popq %r14
  popq %r13
  popq %r12
  popq %rbx
  popq %rbp
  ret
.size lab16_switch, .-lab16_switch
)");

namespace {

thread_local Greenlet* running = nullptr;

// As if Begin had been called from nowhere, and had then been suspended.
void* Prepared(const Stack& stack, void (*begin)()) {
  auto* top = reinterpret_cast<std::uintptr_t*>(static_cast<std::byte*>(stack.lowest()) + stack.size());
  *--top = 0;  // where Begin would return to; it never does
  *--top = reinterpret_cast<std::uintptr_t>(begin);
  for (int i = 0; i < 6; ++i) *--top = 0;
  return top;
}

}  // namespace

Greenlet::Greenlet() : state_(std::make_unique<State>()) { state_->begun = true; }

Greenlet::Greenlet(Function fn) : state_(std::make_unique<State>()) {
  if (!fn) throw std::invalid_argument("a greenlet needs a function");
  state_->fn = std::move(fn);
  state_->parent = &current();
  state_->stack = Stack(128 * 1024);
  state_->top = Prepared(state_->stack, Begin);
}

Greenlet::~Greenlet() {
  if (state_->parent == nullptr || !state_->begun || state_->dead) return;
  state_->killer = &current();
  Resume();
}

Greenlet& Greenlet::current() {
  static thread_local Greenlet main;
  return running == nullptr ? main : *running;
}

Greenlet* Greenlet::parent() const noexcept { return state_->parent; }

bool Greenlet::dead() const noexcept { return state_->dead; }

Greenlet::Value Greenlet::switch_to(Value value) {
  if (state_->dead) throw std::logic_error("the greenlet is dead");
  if (state_->owner != std::this_thread::get_id()) throw std::logic_error("the greenlet belongs to another thread");
  Greenlet& caller = current();
  if (this == &caller) return value;
  state_->value = std::move(value);
  Resume();
  if (caller.state_->killer != nullptr) throw GreenletExit();
  if (caller.state_->error) std::rethrow_exception(std::exchange(caller.state_->error, nullptr));
  return std::exchange(caller.state_->value, {});
}

// Suspends the one that is running. Comes back when somebody resumes that one.
void Greenlet::Resume() {
  Greenlet& from = current();
  running = this;
  state_->begun = true;
  lab16_switch(&from.state_->top, state_->top);
}

void Greenlet::Begin() {
  State& self = *running->state_;
  Value result;
  std::exception_ptr error;
  try {
    result = self.fn(std::exchange(self.value, {}));
  } catch (...) {
    error = std::current_exception();
  }
  self.dead = true;
  self.fn = nullptr;
  Greenlet* next = self.killer;
  if (next == nullptr) {
    for (next = self.parent; next->dead();) next = next->parent();
    next->state_->value = std::move(result);
    next->state_->error = std::move(error);
  }
  result.reset();
  error = nullptr;
  next->Resume();
}
