// Greenlets on ucontext (makecontext(3)). What goes from one to the other lies in the one that is about to run.
#include "greenlet.hpp"

#include <ucontext.h>

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
  ucontext_t context{};
  Value value;
  std::exception_ptr error;
  bool begun = false;
  bool dead = false;
};

namespace {

thread_local Greenlet* running = nullptr;

}  // namespace

Greenlet::Greenlet() : state_(std::make_unique<State>()) { state_->begun = true; }

Greenlet::Greenlet(Function fn) : state_(std::make_unique<State>()) {
  if (!fn) throw std::invalid_argument("a greenlet needs a function");
  state_->fn = std::move(fn);
  state_->parent = &current();
  state_->stack = Stack(256 * 1024);
  getcontext(&state_->context);
  state_->context.uc_stack.ss_sp = state_->stack.lowest();
  state_->context.uc_stack.ss_size = state_->stack.size();
  makecontext(&state_->context, Begin, 0);
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
  swapcontext(&from.state_->context, &state_->context);
}

void Greenlet::Begin() {
  State& self = *running->state_;
  Value result;
  std::exception_ptr error;
  try {
    result = self.fn(std::exchange(self.value, {}));
  } catch (...) {
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
