// Queue: a ring in shared memory, with a mutex and condition variables for all processes.
#pragma once

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <ctime>

#include "descriptor.h"
#include "ipc.hpp"

namespace ipc {

struct Queue::Ring {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int maxsize;
  int first = 0;
  int count = 0;
  std::size_t sizes[kMaxSize];
  std::byte messages[kMaxSize][kMaxMessage];
};

Queue::Queue(int maxsize) {
  if (maxsize < 0 || maxsize > kMaxSize) throw std::invalid_argument("Queue: maxsize");
  void* const memory = mmap(nullptr, sizeof(Ring), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Fail("mmap");
  ring_ = new (memory) Ring;
  ring_->maxsize = maxsize == 0 ? kMaxSize : maxsize;
  pthread_mutexattr_t mutex;
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&mutex, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&ring_->mutex, &mutex);
  pthread_condattr_t condition;
  pthread_condattr_init(&condition);
  pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
  pthread_condattr_setclock(&condition, CLOCK_MONOTONIC);
  pthread_cond_init(&ring_->changed, &condition);
}

Queue::~Queue() { close(); }

void Queue::close() {
  if (ring_ != nullptr) munmap(std::exchange(ring_, nullptr), sizeof(Ring));
}

// The lock of the ring, and waiting for what others do with it.
class Queue::Guard {
 public:
  Guard(Ring* ring, bool block, std::optional<std::chrono::nanoseconds> timeout) : ring_(ring) {
    if (ring == nullptr) throw Closed("the queue is closed");
    endless_ = block && !timeout;
    const auto most = std::max(block && timeout ? *timeout : std::chrono::nanoseconds(0), std::chrono::nanoseconds(0));
    clock_gettime(CLOCK_MONOTONIC, &until_);
    const auto end = std::chrono::nanoseconds(until_.tv_nsec) + most;
    until_.tv_sec += end / std::chrono::seconds(1);
    until_.tv_nsec = (end % std::chrono::seconds(1)).count();
    Consistent(pthread_mutex_lock(&ring_->mutex));
  }
  ~Guard() { pthread_mutex_unlock(&ring_->mutex); }
  Guard(const Guard&) = delete;

  // False if the time is over.
  bool Wait() {
    if (endless_) return Consistent(pthread_cond_wait(&ring_->changed, &ring_->mutex));
    return Consistent(pthread_cond_timedwait(&ring_->changed, &ring_->mutex, &until_));
  }

 private:
  bool Consistent(int error) {
    if (error == EOWNERDEAD) pthread_mutex_consistent(&ring_->mutex);
    return error != ETIMEDOUT;
  }

  Ring* ring_;
  bool endless_;
  timespec until_{};
};

void Queue::put(std::span<const std::byte> message, bool block, std::optional<std::chrono::nanoseconds> timeout) {
  Guard guard(ring_, block, timeout);
  if (message.size() > kMaxMessage) throw std::length_error("put: a message has at most 4,000 bytes");
  while (ring_->count == ring_->maxsize) {
    if (!guard.Wait()) throw Full("put: no room");
  }
  const int place = (ring_->first + ring_->count) % kMaxSize;
  ring_->sizes[place] = message.size();
  std::copy(message.begin(), message.end(), ring_->messages[place]);
  ++ring_->count;
  pthread_cond_broadcast(&ring_->changed);
}

Bytes Queue::get(bool block, std::optional<std::chrono::nanoseconds> timeout) {
  Guard guard(ring_, block, timeout);
  while (ring_->count == 0) {
    if (!guard.Wait()) throw Empty("get: no message");
  }
  const auto* const message = ring_->messages[ring_->first];
  const Bytes taken(message, message + ring_->sizes[ring_->first]);
  ring_->first = (ring_->first + 1) % kMaxSize;
  --ring_->count;
  pthread_cond_broadcast(&ring_->changed);
  return taken;
}

int Queue::qsize() const {
  const Guard guard(ring_, false, std::nullopt);
  return ring_->count;
}

bool Queue::empty() const { return qsize() == 0; }

bool Queue::full() const {
  const Guard guard(ring_, false, std::nullopt);
  return ring_->count == ring_->maxsize;
}

}  // namespace ipc
