// sync.hpp, lab9: Event and Lock, as in Python's threading, and a bounded buffer built on them.
//
// Fixed: everything outside the private sections. Yours: the private sections, the bodies of BoundedBuffer at the end
// of this file, and all of sync.cpp. Build Event and Lock on the standard library (mutex, condition_variable, atomic).
// Waiting threads sleep: no spinning, no sleep-and-look-again. A timeout is at most a day; zero or less only looks.
// Objects are destroyed when no thread is inside one of their functions.
#pragma once

#include <pthread.h>
#include <time.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace detail {

// A mutex and the one condition that goes with it.
class Monitor {
 public:
  Monitor();
  ~Monitor();
  Monitor(const Monitor&) = delete;
  Monitor& operator=(const Monitor&) = delete;

  void Lock();
  void Unlock();
  void Wait();
  bool Wait(const timespec& deadline);  // false when the time has passed
  void Broadcast();

  static timespec In(std::chrono::nanoseconds timeout);

 private:
  pthread_mutex_t mutex_;
  pthread_cond_t changed_;
};

}  // namespace detail

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
  detail::Monitor monitor_;
  bool set_;
  unsigned long generation_;
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
  detail::Monitor monitor_;
  bool held_;
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
  void Append(T&& item);
  T RemoveFirst();

  std::size_t capacity_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  T* slots_;
  mutable detail::Monitor monitor_;

 public:
  ~BoundedBuffer();
  BoundedBuffer(const BoundedBuffer&) = delete;
  BoundedBuffer& operator=(const BoundedBuffer&) = delete;
};

template <Item T>
BoundedBuffer<T>::BoundedBuffer(std::size_t capacity) : capacity_(capacity) {
  if (capacity == 0) throw std::invalid_argument("BoundedBuffer: capacity must not be 0");
  slots_ = std::allocator<T>().allocate(capacity);
}

template <Item T>
BoundedBuffer<T>::~BoundedBuffer() {
  for (std::size_t i = 0; i < count_; i++) slots_[(first_ + i) % capacity_].~T();
  std::allocator<T>().deallocate(slots_, capacity_);
}

template <Item T>
void BoundedBuffer<T>::Append(T&& item) {
  new (&slots_[(first_ + count_) % capacity_]) T(std::move(item));
  count_++;
  monitor_.Broadcast();
}

template <Item T>
T BoundedBuffer<T>::RemoveFirst() {
  T& slot = slots_[first_];
  T item(std::move(slot));
  slot.~T();
  first_ = (first_ + 1) % capacity_;
  count_--;
  monitor_.Broadcast();
  return item;
}

template <Item T>
void BoundedBuffer<T>::put(T item) {
  monitor_.Lock();
  while (count_ == capacity_) monitor_.Wait();
  Append(std::move(item));
  monitor_.Unlock();
}

template <Item T>
bool BoundedBuffer<T>::put(T item, std::chrono::nanoseconds timeout) {
  const timespec deadline = detail::Monitor::In(timeout);
  monitor_.Lock();
  while (count_ == capacity_ && monitor_.Wait(deadline)) {
  }
  const bool room = count_ < capacity_;
  if (room) Append(std::move(item));
  monitor_.Unlock();
  return room;
}

template <Item T>
T BoundedBuffer<T>::get() {
  monitor_.Lock();
  while (count_ == 0) monitor_.Wait();
  T item = RemoveFirst();
  monitor_.Unlock();
  return item;
}

template <Item T>
std::optional<T> BoundedBuffer<T>::get(std::chrono::nanoseconds timeout) {
  const timespec deadline = detail::Monitor::In(timeout);
  std::optional<T> item;
  monitor_.Lock();
  while (count_ == 0 && monitor_.Wait(deadline)) {
  }
  if (count_ > 0) item.emplace(RemoveFirst());
  monitor_.Unlock();
  return item;
}

template <Item T>
std::size_t BoundedBuffer<T>::size() const {
  monitor_.Lock();
  const std::size_t count = count_;
  monitor_.Unlock();
  return count;
}
