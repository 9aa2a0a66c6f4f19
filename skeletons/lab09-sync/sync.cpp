// Event and Lock (lab 9). sync.hpp says what each function must do; the handout, labs/lab09-sync/README.md, says more.
#include "sync.hpp"

Event::Event() = default;
Event::~Event() = default;

void Event::wait() {
  throw std::logic_error("Event::wait is not written yet");  // TODO: what must who waits remember from before?
}

bool Event::wait([[maybe_unused]] std::chrono::nanoseconds timeout) {
  return false;  // TODO: sleep until the event is set or the time has passed, whichever comes first.
}

void Event::set() {
  throw std::logic_error("Event::set is not written yet");  // TODO: how many threads does it wake?
}

void Event::clear() {
  // TODO
}

bool Event::is_set() const {
  return false;  // TODO: others may be setting it at this moment.
}

Lock::Lock() = default;
Lock::~Lock() = default;

void Lock::acquire() {
  throw std::logic_error("Lock::acquire is not written yet");  // TODO
}

bool Lock::acquire([[maybe_unused]] std::chrono::nanoseconds timeout) {
  return false;  // TODO
}

void Lock::release() {
  // TODO: any thread may do it. A std::mutex does not allow that; on what else can you build?
}
