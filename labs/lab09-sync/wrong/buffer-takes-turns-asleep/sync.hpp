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
#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <type_traits>

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
  mutable std::mutex mutex_;
  std::condition_variable was_set_;
  bool set_ = false;
  unsigned long times_set_ = 0;  // who waits sees by it that the event was set, even if it is no longer
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
  std::mutex mutex_;
  std::condition_variable freed_;
  bool held_ = false;
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
  bool IsFull() const { return items_.size() == capacity_; }
  void Append(T item);
  T RemoveFirst();

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::mutex putting_;
  std::mutex getting_;
  std::condition_variable has_item_;
  std::condition_variable has_room_;
  std::deque<T> items_;
};

template <Item T>
BoundedBuffer<T>::BoundedBuffer(std::size_t capacity) : capacity_(capacity) {
  if (capacity == 0) throw std::invalid_argument("a buffer for nothing");
}

// Under the mutex, when there is room.
template <Item T>
void BoundedBuffer<T>::Append(T item) {
  items_.push_back(std::move(item));
  has_item_.notify_one();
}

// Under the mutex, when there is an item.
template <Item T>
T BoundedBuffer<T>::RemoveFirst() {
  T item = std::move(items_.front());
  items_.pop_front();
  has_room_.notify_one();
  return item;
}

template <Item T>
void BoundedBuffer<T>::put(T item) {
  const std::lock_guard turn(putting_);
  std::unique_lock guard(mutex_);
  has_room_.wait(guard, [this] { return !IsFull(); });
  Append(std::move(item));
}

template <Item T>
bool BoundedBuffer<T>::put(T item, std::chrono::nanoseconds timeout) {
  const std::lock_guard turn(putting_);
  std::unique_lock guard(mutex_);
  if (!has_room_.wait_for(guard, timeout, [this] { return !IsFull(); })) return false;
  Append(std::move(item));
  return true;
}

template <Item T>
T BoundedBuffer<T>::get() {
  const std::lock_guard turn(getting_);
  std::unique_lock guard(mutex_);
  has_item_.wait(guard, [this] { return !items_.empty(); });
  return RemoveFirst();
}

template <Item T>
std::optional<T> BoundedBuffer<T>::get(std::chrono::nanoseconds timeout) {
  const std::lock_guard turn(getting_);
  std::unique_lock guard(mutex_);
  if (!has_item_.wait_for(guard, timeout, [this] { return !items_.empty(); })) return std::nullopt;
  return RemoveFirst();
}

template <Item T>
std::size_t BoundedBuffer<T>::size() const {
  const std::lock_guard guard(mutex_);
  return items_.size();
}
