#include "sync.hpp"

#include <cerrno>

namespace detail {

Monitor::Monitor() {
  pthread_mutex_init(&mutex_, nullptr);
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&changed_, &attributes);
  pthread_condattr_destroy(&attributes);
}

Monitor::~Monitor() {
  pthread_cond_destroy(&changed_);
  pthread_mutex_destroy(&mutex_);
}

void Monitor::Lock() { pthread_mutex_lock(&mutex_); }
void Monitor::Unlock() { pthread_mutex_unlock(&mutex_); }
void Monitor::Wait() { pthread_cond_wait(&changed_, &mutex_); }
bool Monitor::Wait(const timespec& deadline) {
  return pthread_cond_timedwait(&changed_, &mutex_, &deadline) != ETIMEDOUT;
}
void Monitor::Broadcast() { pthread_cond_broadcast(&changed_); }

timespec Monitor::In(std::chrono::nanoseconds timeout) {
  constexpr long kSecond = 1000000000;
  timespec deadline;
  clock_gettime(CLOCK_MONOTONIC, &deadline);
  if (timeout.count() <= 0) return deadline;
  deadline.tv_sec += timeout.count() / kSecond;
  deadline.tv_nsec += timeout.count() % kSecond;
  if (deadline.tv_nsec >= kSecond) {
    deadline.tv_nsec -= kSecond;
    deadline.tv_sec++;
  }
  return deadline;
}

}  // namespace detail

Event::Event() : set_(false), generation_(0) {}
Event::~Event() {}

void Event::wait() {
  monitor_.Lock();
  const unsigned long generation = generation_;
  while (!set_ && generation == generation_) monitor_.Wait();
  monitor_.Unlock();
}

bool Event::wait(std::chrono::nanoseconds timeout) {
  const timespec deadline = detail::Monitor::In(timeout);
  monitor_.Lock();
  const unsigned long generation = generation_;
  while (!set_ && generation == generation_ && monitor_.Wait(deadline)) {
  }
  const bool result = set_ || generation != generation_;
  monitor_.Unlock();
  return result;
}

void Event::set() {
  monitor_.Lock();
  if (!set_) {
    set_ = true;
    generation_++;
    monitor_.Broadcast();
  }
  monitor_.Unlock();
}

void Event::clear() {
  monitor_.Lock();
  set_ = false;
  monitor_.Unlock();
}

bool Event::is_set() const {
  Event* self = const_cast<Event*>(this);
  self->monitor_.Lock();
  const bool set = set_;
  self->monitor_.Unlock();
  return set;
}

Lock::Lock() : held_(false) {}
Lock::~Lock() {}

void Lock::acquire() {
  monitor_.Lock();
  while (held_) monitor_.Wait();
  held_ = true;
  monitor_.Unlock();
}

bool Lock::acquire(std::chrono::nanoseconds timeout) {
  const timespec deadline = detail::Monitor::In(timeout);
  monitor_.Lock();
  while (held_ && monitor_.Wait(deadline)) {
  }
  const bool taken = !held_;
  held_ = true;
  monitor_.Unlock();
  return taken;
}

void Lock::release() {
  monitor_.Lock();
  const bool held = held_;
  held_ = false;
  if (held) monitor_.Broadcast();
  monitor_.Unlock();
  if (!held) throw std::logic_error("the lock is not held");
}
