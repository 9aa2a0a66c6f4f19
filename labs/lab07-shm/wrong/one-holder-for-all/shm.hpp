// shm.hpp, lab7: memory that processes share, after Python's multiprocessing.Value, Array and Semaphore.
//
//   shm::Value<int> counter(0);
//   if (fork() == 0) {
//     { std::lock_guard guard(counter.get_lock()); counter.value() += 1; }
//     _exit(0);
//   }
//
// Fixed: everything outside the private sections, because programs you have never seen are compiled against it.
// Yours: the private sections, the bodies of Value and Array at the end of this file, classes to build them on, and all
// of shm.cpp.
//
// An object made before fork() is one and the same on both sides. Destroying it ends this process's use of it and
// nobody else's. Nothing (no /dev/shm file, no System V object) outlives the last process that uses it, even if all are
// killed. Waiting is asleep: no spinning, no sleep-and-look-again. A signal handler that runs meanwhile disturbs no
// call and changes no timeout. A failed system call that is not named below throws std::system_error.
#pragma once

#include <pthread.h>
#include <semaphore.h>

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <span>
#include <stdexcept>
#include <type_traits>

namespace shm {

namespace detail {

// Memory that this process and those it will fork share, zeroed at first. Unmapping it is this process's own affair,
// and the kernel takes it back when nobody maps it any more.
class Mapping {
 public:
  Mapping(std::size_t count, std::size_t size, std::size_t alignment);
  ~Mapping();
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  void* start() const { return start_; }  // aligned

 private:
  std::size_t bytes_;
  void* mapped_;
  void* start_;
};

}  // namespace detail

// Mutual exclusion among processes, free at first; works with std::lock_guard and std::unique_lock. Not recursive.
class Lock {
 public:
  Lock();
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  // Sleeps while another process holds the lock, then takes it. A process that has died no longer holds it, however it
  // died and whether or not it is reaped: the lock is then taken as if free, any number of times.
  void lock();

  // As lock(), but never waits. True if the lock was taken.
  bool try_lock();

  // Frees the lock. Throws std::logic_error unless this process holds it.
  void unlock();

 private:
  void Took(int error);

  int file_;
};

// A counter that never falls below zero. It has no owner: what a process acquired or released stays so when it ends.
class Semaphore {
 public:
  // Throws std::invalid_argument if initial is negative.
  explicit Semaphore(int initial);
  ~Semaphore();
  Semaphore(const Semaphore&) = delete;
  Semaphore& operator=(const Semaphore&) = delete;

  // Sleeps while the counter is zero, then takes one off.
  void acquire();

  // As acquire(), for at most timeout (up to a day; zero or less only looks). True if it took one off; false only when
  // timeout has passed.
  bool acquire(std::chrono::nanoseconds timeout);

  // Adds one, and lets one waiting process take it. Never waits.
  void release();

  // The counter: exact while nobody is inside the other calls.
  int value() const;

 private:
  detail::Mapping memory_;
  sem_t* const semaphore_;
};

// What means the same in every process.
template <class T>
concept Shareable = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

// One T in shared memory, with its lock.
template <Shareable T>
class Value {
 public:
  explicit Value(T initial = T{});
  Value(const Value&) = delete;
  Value& operator=(const Value&) = delete;

  // The shared T itself. Takes no lock: the caller holds get_lock() where it matters.
  T& value();

  Lock& get_lock();

 private:
  Lock lock_;
  detail::Mapping memory_;
};

// A fixed number of T in shared memory, side by side, with one lock for all.
template <Shareable T>
class Array {
 public:
  explicit Array(std::size_t size);             // T{}, size times. Throws std::invalid_argument if size is 0.
  explicit Array(std::span<const T> elements);  // copies of elements. Throws std::invalid_argument if there are none.
  Array(std::initializer_list<T> elements) : Array(std::span<const T>(elements.begin(), elements.size())) {}
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  std::size_t size() const;

  // The shared element itself. Takes no lock. Throws std::out_of_range.
  T& operator[](std::size_t index);

  // All shared elements. Takes no lock.
  std::span<T> value();

  // For loops and algorithms.
  T* begin() { return value().data(); }
  T* end() { return begin() + size(); }

  Lock& get_lock();

 private:
  T* elements() const { return static_cast<T*>(memory_.start()); }

  Lock lock_;
  std::size_t size_;
  detail::Mapping memory_;
};

template <Shareable T>
Value<T>::Value(T initial) : memory_(1, sizeof(T), alignof(T)) {
  new (memory_.start()) T(initial);
}

template <Shareable T>
T& Value<T>::value() {
  return *static_cast<T*>(memory_.start());
}

template <Shareable T>
Lock& Value<T>::get_lock() {
  return lock_;
}

namespace detail {

inline std::size_t AtLeastOne(std::size_t size) {
  return size > 0 ? size : throw std::invalid_argument("an array needs elements");
}

}  // namespace detail

template <Shareable T>
Array<T>::Array(std::size_t size) : size_(detail::AtLeastOne(size)), memory_(size, sizeof(T), alignof(T)) {
  std::uninitialized_value_construct_n(elements(), size);
}

template <Shareable T>
Array<T>::Array(std::span<const T> elements)
    : size_(detail::AtLeastOne(elements.size())), memory_(elements.size(), sizeof(T), alignof(T)) {
  std::uninitialized_copy(elements.begin(), elements.end(), this->elements());
}

template <Shareable T>
std::size_t Array<T>::size() const {
  return size_;
}

template <Shareable T>
T& Array<T>::operator[](std::size_t index) {
  if (index >= size_) throw std::out_of_range("no such element");
  return elements()[index];
}

template <Shareable T>
std::span<T> Array<T>::value() {
  return {elements(), size_};
}

template <Shareable T>
Lock& Array<T>::get_lock() {
  return lock_;
}

}  // namespace shm
