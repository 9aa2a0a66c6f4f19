// Lock and Semaphore (lab 7). shm.hpp says what each function must do; the handout, labs/lab07-shm/README.md, says
// more.
#include "shm.hpp"

namespace shm {

Lock::Lock() {
  // TODO: something that all processes can lock, and that a process loses when it dies.
}

Lock::~Lock() {
  // TODO: end this process's use. Others may go on.
}

void Lock::lock() {
  throw std::logic_error("Lock::lock is not written yet");  // TODO
}

bool Lock::try_lock() {
  return false;  // TODO
}

void Lock::unlock() {
  // TODO: who may do that?
}

Semaphore::Semaphore([[maybe_unused]] int initial) {
  // TODO: a counter in shared memory, and a way to sleep until it is above zero.
}

Semaphore::~Semaphore() {
  // TODO: end this process's use. Others may go on.
}

void Semaphore::acquire() {
  throw std::logic_error("Semaphore::acquire is not written yet");  // TODO
}

bool Semaphore::acquire([[maybe_unused]] std::chrono::nanoseconds timeout) {
  return false;  // TODO: a signal may end a sleep before its time.
}

void Semaphore::release() {
  throw std::logic_error("Semaphore::release is not written yet");  // TODO
}

int Semaphore::value() const {
  return 0;  // TODO
}

}  // namespace shm
