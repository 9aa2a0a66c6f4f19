// Event and Lock (lab 9), each a variable, the mutex that guards it, and a condition to wait for. Whoever waits looks
// again whenever it wakes up: the condition only says that it is worth it.
#include "sync.hpp"

Event::Event() = default;
Event::~Event() = default;

void Event::wait() {
  std::unique_lock guard(mutex_);
  const auto before = times_set_;
  was_set_.wait(guard, [&] { return set_ || times_set_ % 2 != before % 2; });
}

bool Event::wait(std::chrono::nanoseconds timeout) {
  std::unique_lock guard(mutex_);
  const auto before = times_set_;
  return was_set_.wait_for(guard, timeout, [&] { return set_ || times_set_ % 2 != before % 2; });
}

void Event::set() {
  const std::lock_guard guard(mutex_);
  set_ = true;
  ++times_set_;
  was_set_.notify_all();
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
  std::unique_lock guard(mutex_);
  freed_.wait(guard, [this] { return !held_; });
  held_ = true;
}

bool Lock::acquire(std::chrono::nanoseconds timeout) {
  std::unique_lock guard(mutex_);
  if (!freed_.wait_for(guard, timeout, [this] { return !held_; })) return false;
  held_ = true;
  return true;
}

void Lock::release() {
  const std::lock_guard guard(mutex_);
  if (!held_) throw std::logic_error("release() of a lock that is free");
  held_ = false;
  freed_.notify_one();
}
