// Thread: a thread as an object (lab 8). The contract is in thread.hpp, and the handout, labs/lab08-thread/README.md,
// tells more.
#include "thread.hpp"

#include <stdexcept>
#include <utility>

// TODO: an empty target, a name for those that are given none. What does the thread need when the object has gone?
Thread::Thread([[maybe_unused]] std::function<void()> target, [[maybe_unused]] ThreadOptions options) {}

Thread::Thread([[maybe_unused]] ThreadOptions options) {}

Thread::~Thread() = default;

void Thread::run() {}

void Thread::start() {
  // TODO: a new thread, in which the target or run() is called. What if it throws? What has to be done when it has
  // ended?
  throw std::runtime_error("start() is not written yet");
}

void Thread::join() {
  throw std::runtime_error("join() is not written yet");  // TODO: any number of threads may be here at one time.
}

bool Thread::join([[maybe_unused]] std::chrono::nanoseconds timeout) {
  throw std::runtime_error("join(timeout) is not written yet");  // TODO
}

bool Thread::is_alive() const {
  return false;  // TODO
}

std::string Thread::name() const {
  return {};  // TODO: somebody may be renaming it just now.
}

void Thread::set_name([[maybe_unused]] std::string name) {
  // TODO
}

bool Thread::daemon() const {
  return false;  // TODO
}

void Thread::set_daemon([[maybe_unused]] bool daemon) {
  // TODO: refuse it after start().
}

std::vector<ThreadInfo> Thread::enumerate() {
  return {};  // TODO: who is alive, all of them at one moment?
}

// TODO: the end of the program waits for threads that are no daemons. Who calls a function of yours then?
