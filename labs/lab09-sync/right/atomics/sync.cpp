// Who waits for ever waits at an atomic. There is no timed wait for one, so who waits for a time does so at a condition
// variable, and the others tell whether there is anybody.
#include "sync.hpp"

Event::Event() = default;
Event::~Event() = default;

void Event::wait() {
  const auto before = changes_.load();
  if (before % 2 == 0) changes_.wait(before);
}

bool Event::wait(std::chrono::nanoseconds timeout) {
  const auto before = changes_.load();
  if (before % 2 != 0) return true;
  if (timeout.count() <= 0) return false;
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  std::unique_lock guard(mutex_);
  ++timed_waiters_;
  const bool set = changed_.wait_until(guard, deadline, [&] { return changes_.load() != before; });
  --timed_waiters_;
  return set;
}

void Event::set() {
  auto now = changes_.load();
  while (now % 2 == 0) {
    if (!changes_.compare_exchange_weak(now, now + 1)) continue;
    changes_.notify_all();
    if (timed_waiters_ > 0) {
      const std::lock_guard guard(mutex_);
      changed_.notify_all();
    }
    return;
  }
}

void Event::clear() {
  auto now = changes_.load();
  while (now % 2 != 0 && !changes_.compare_exchange_weak(now, now + 1)) continue;
}

bool Event::is_set() const { return changes_.load() % 2 != 0; }

Lock::Lock() = default;
Lock::~Lock() = default;

bool Lock::TryTake() {
  int nobody = 0;
  return held_.compare_exchange_strong(nobody, 1);
}

void Lock::acquire() {
  while (!TryTake()) held_.wait(1);
}

bool Lock::acquire(std::chrono::nanoseconds timeout) {
  if (TryTake()) return true;
  if (timeout.count() <= 0) return false;
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  std::unique_lock guard(mutex_);
  ++timed_waiters_;
  const bool taken = freed_.wait_until(guard, deadline, [this] { return TryTake(); });
  --timed_waiters_;
  return taken;
}

void Lock::release() {
  if (held_.exchange(0) == 0) throw std::logic_error("release() of a free lock");
  held_.notify_one();
  if (timed_waiters_ > 0) {
    const std::lock_guard guard(mutex_);
    freed_.notify_one();
  }
}
