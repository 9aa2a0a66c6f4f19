// Each waiting thread has a semaphore of its own, in a list; set() empties the list.
#include "sync.hpp"

struct Event::Waiter {
  std::binary_semaphore woken{0};
  Waiter* next = nullptr;
  bool listed = true;
};

Event::Event() = default;
Event::~Event() = default;

void Event::Enlist(Waiter& waiter) {
  waiter.next = waiters_;
  waiters_ = &waiter;
}

void Event::wait() {
  Waiter self;
  {
    const std::lock_guard guard(mutex_);
    if (set_) return;
    Enlist(self);
  }
  self.woken.acquire();
  const std::lock_guard guard(mutex_);  // set() is then done with `self`
}

bool Event::wait(std::chrono::nanoseconds timeout) {
  Waiter self;
  {
    const std::lock_guard guard(mutex_);
    if (set_ || timeout.count() <= 0) return set_;
    Enlist(self);
  }
  (void)self.woken.try_acquire_for(timeout);
  const std::lock_guard guard(mutex_);
  if (!self.listed) return true;
  for (Waiter** link = &waiters_; *link != nullptr; link = &(*link)->next) {
    if (*link == &self) {
      *link = self.next;
      break;
    }
  }
  return false;
}

void Event::set() {
  const std::lock_guard guard(mutex_);
  set_ = true;
  while (waiters_ != nullptr) {
    Waiter& first = *waiters_;
    waiters_ = first.next;
    first.listed = false;
    first.woken.release();
  }
}

void Event::clear() {
  const std::lock_guard guard(mutex_);
  set_ = false;
}

bool Event::is_set() const {
  const std::lock_guard guard(mutex_);
  return set_;
}

Lock::Lock() = default;
Lock::~Lock() = default;

void Lock::acquire() {
  free_.acquire();
  held_ = true;
}

bool Lock::acquire(std::chrono::nanoseconds timeout) {
  if (timeout.count() > 0 ? !free_.try_acquire_for(timeout) : !free_.try_acquire()) return false;
  held_ = true;
  return true;
}

void Lock::release() {
  if (!held_.exchange(false)) throw std::logic_error("not held");
  free_.release();
}
