// sync.hpp, lab9: Event and Lock, as in Python's threading, and a bounded buffer built on them.
//
// Fixed: everything outside the private sections. Yours: the private sections, the bodies of BoundedBuffer at the end
// of this file, and all of sync.cpp. Build Event and Lock on the standard library (mutex, condition_variable, atomic).
// Waiting threads sleep: no spinning, no sleep-and-look-again. A timeout is at most a day; zero or less only looks.
// Objects are destroyed when no thread is inside one of their functions.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

extern std::mutex big_mutex;
extern std::condition_variable big_cond;

// A flag that threads can wait for; not set at first.
class Event {
 public:
  Event();
  ~Event();
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  // Returns at once if the event is set, else sleeps until it is. Every thread that is waiting when set() is called
  // returns, even if clear() follows at once.
  void wait();

  // As wait(), for at most timeout. True if the event was set meanwhile; false only when timeout has passed.
  bool wait(std::chrono::nanoseconds timeout);

  void set();
  void clear();
  bool is_set() const;

  // What a thread did before set() is visible to each thread whose wait() or is_set() saw the event set.

 private:
  bool f = false;
  int n = 0;
};

// A lock that is held or free; free at first. It has no owner: any thread may release it.
class Lock {
 public:
  Lock();
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  // Takes the lock; sleeps while it is held, by whomever: a thread that holds it and acquires it again waits for a
  // release.
  void acquire();

  // As acquire(), for at most timeout. True if the lock was taken; false only when timeout has passed.
  bool acquire(std::chrono::nanoseconds timeout);

  // Frees the lock and lets one waiting thread take it. Throws std::logic_error if the lock is free.
  void release();

  // What a thread did before release() is visible to the one that takes the lock next.

 private:
  int state = 0;
};

// Python's `with lock:`. Holds the lock from its construction to the end of its scope.
class [[nodiscard]] LockGuard {
 public:
  explicit LockGuard(Lock& lock) : lock_(lock) { lock_.acquire(); }
  ~LockGuard() { lock_.release(); }
  LockGuard(const LockGuard&) = delete;
  LockGuard& operator=(const LockGuard&) = delete;

 private:
  Lock& lock_;
};

// What can be moved into and out of a buffer without failing halfway.
template <typename T>
concept Item = std::is_nothrow_move_constructible_v<T>;

// A first-in-first-out queue of at most capacity items, for any number of putting and getting threads. Each item is
// got exactly once.
template <Item T>
class BoundedBuffer {
 public:
  // Throws std::invalid_argument if capacity is 0.
  explicit BoundedBuffer(std::size_t capacity);

  // Appends item; sleeps while the buffer is full.
  void put(T item);

  // As put(), for at most timeout. False, and item is destroyed, only when timeout has passed.
  bool put(T item, std::chrono::nanoseconds timeout);

  // Removes the oldest item; sleeps while the buffer is empty.
  T get();

  // As get(), for at most timeout. Empty only when timeout has passed.
  std::optional<T> get(std::chrono::nanoseconds timeout);

  std::size_t size() const;

 private:
  bool put_ref(T& item, std::chrono::nanoseconds timeout);
  std::size_t cap;
  std::list<T> q;
};

template <Item T>
BoundedBuffer<T>::BoundedBuffer(std::size_t capacity) {
  cap = capacity;
  if (cap < 1) throw std::invalid_argument("bad capacity");
}

template <Item T>
void BoundedBuffer<T>::put(T item) {
  while (true) {
    if (put_ref(item, std::chrono::hours(24))) return;
  }
}

template <Item T>
bool BoundedBuffer<T>::put(T item, std::chrono::nanoseconds timeout) {
  return put_ref(item, timeout);
}

template <Item T>
bool BoundedBuffer<T>::put_ref(T& item, std::chrono::nanoseconds timeout) {
  auto end = std::chrono::steady_clock::now() + timeout;
  std::unique_lock<std::mutex> l(big_mutex);
  while (q.size() == cap) {
    auto left = end - std::chrono::steady_clock::now();
    if (left.count() <= 0) return false;
    big_cond.wait_for(l, left);
  }
  q.push_back(std::move(item));
  big_cond.notify_all();
  return true;
}

template <Item T>
T BoundedBuffer<T>::get() {
  while (true) {
    std::optional<T> r = get(std::chrono::hours(24));
    if (r.has_value()) {
      return std::move(r.value());
    }
  }
}

template <Item T>
std::optional<T> BoundedBuffer<T>::get(std::chrono::nanoseconds timeout) {
  auto end = std::chrono::steady_clock::now() + timeout;
  std::unique_lock<std::mutex> l(big_mutex);
  while (q.size() == 0) {
    auto left = end - std::chrono::steady_clock::now();
    if (left.count() <= 0) return std::nullopt;
    big_cond.wait_for(l, left);
  }
  std::optional<T> r;
  r.emplace(std::move(q.front()));
  q.erase(q.begin());
  big_cond.notify_all();
  return r;
}

template <Item T>
std::size_t BoundedBuffer<T>::size() const {
  std::unique_lock<std::mutex> l(big_mutex);
  return q.size();
}
