// one mutex and one condition for everything in the program, simple is best
#include "sync.hpp"

std::mutex big_mutex;
std::condition_variable big_cond;

Event::Event() {}
Event::~Event() {}

void Event::wait() {
  std::unique_lock<std::mutex> l(big_mutex);
  int old = n;
  while (true) {
    if (f == true) break;
    if (n != old) break;
    big_cond.wait(l);
  }
}

bool Event::wait(std::chrono::nanoseconds timeout) {
  std::chrono::time_point<std::chrono::steady_clock> start, now;
  start = std::chrono::steady_clock::now();
  std::unique_lock<std::mutex> l(big_mutex);
  int old = n;
  while (true) {
    if (f == true || n != old) return true;
    now = std::chrono::steady_clock::now();
    if (now - start >= timeout) return false;
    big_cond.wait_for(l, timeout - (now - start));
  }
}

void Event::set() {
  big_mutex.lock();
  f = true;
  n = n + 1;
  big_mutex.unlock();
  big_cond.notify_all();
}

void Event::clear() {
  big_mutex.lock();
  f = false;
  big_mutex.unlock();
}

bool Event::is_set() const {
  big_mutex.lock();
  bool result = f;
  big_mutex.unlock();
  return result;
}

Lock::Lock() {}
Lock::~Lock() {}

void Lock::acquire() {
  std::unique_lock<std::mutex> l(big_mutex);
  while (state == 1) big_cond.wait(l);
  state = 1;
}

bool Lock::acquire(std::chrono::nanoseconds timeout) {
  std::unique_lock<std::mutex> l(big_mutex);
  auto end = std::chrono::steady_clock::now() + timeout;
again:
  if (state == 0) {
    state = 1;
    return true;
  }
  if (std::chrono::steady_clock::now() >= end) return false;
  big_cond.wait_until(l, end);
  goto again;
}

void Lock::release() {
  std::unique_lock<std::mutex> l(big_mutex);
  if (state == 0) throw std::logic_error("not locked!!");
  state = 0;
  big_cond.notify_all();
}
