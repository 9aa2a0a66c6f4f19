// Atomics and semaphores. The end of a thread is a token that each who takes it puts back; the list has a binary
// semaphore for a lock.
#include "thread.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <list>
#include <semaphore>
#include <stdexcept>
#include <thread>

namespace {

enum : int { kNew, kRunning, kOver };

// A lock that needs no owner.
class Turn {
 public:
  explicit Turn(std::binary_semaphore& semaphore) : semaphore_(semaphore) { semaphore_.acquire(); }
  ~Turn() { semaphore_.release(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  std::binary_semaphore& semaphore_;
};

std::atomic<unsigned> names{0};
std::atomic<int> awaited{0};  // threads that are alive and no daemons
thread_local const void* self = nullptr;
thread_local bool self_awaited = false;

std::binary_semaphore& ListLock() {
  static auto* const lock = new std::binary_semaphore(1);
  return *lock;
}

void AtExit() {
  const int mine = self_awaited ? 1 : 0;
  for (int left = awaited.load(); left > mine; left = awaited.load()) awaited.wait(left);
}

}  // namespace

struct Thread::Shared {
  std::function<void()> target;
  std::string name;  // under the list's lock
  std::atomic<bool> daemon{false};
  std::atomic<int> phase{kNew};  // changed under the list's lock
  std::binary_semaphore over{0};

  static std::list<std::shared_ptr<Shared>>& List() {
    static auto* const list = new std::list<std::shared_ptr<Shared>>;
    return *list;
  }
};

Thread::Thread(std::function<void()> target, ThreadOptions options) : shared_(std::make_shared<Shared>()) {
  if (!target) throw std::invalid_argument("no target");
  shared_->target = std::move(target);
  shared_->name = options.name.empty() ? "Thread-" + std::to_string(++names) : options.name;
  shared_->daemon = options.daemon;
}

Thread::Thread(ThreadOptions options) : shared_(std::make_shared<Shared>()) {
  shared_->name = options.name.empty() ? "Thread-" + std::to_string(++names) : options.name;
  shared_->daemon = options.daemon;
}

Thread::~Thread() {}

void Thread::run() {}

void Thread::start() {
  static const int registered = std::atexit(AtExit);
  (void)registered;
  const auto live = [shared = shared_, object = this] {
    self = shared.get();
    self_awaited = !shared->daemon;
    std::string error;
    bool failed = true;
    try {
      if (shared->target) {
        shared->target();
      } else {
        object->run();
      }
      failed = false;
    } catch (const std::exception& e) {
      error = e.what();
    } catch (...) {
      error = "unknown";
    }
    if (failed) {
      Turn turn(ListLock());
      std::fputs(("Exception in thread " + shared->name + ": " + error + "\n").c_str(), stderr);
    }
    shared->target = {};
    {
      Turn turn(ListLock());
      shared->phase = kOver;
      Shared::List().remove(shared);
    }
    shared->over.release();
    if (!shared->daemon) {
      --awaited;
      awaited.notify_all();
    }
  };
  Turn turn(ListLock());
  if (shared_->phase != kNew) throw std::logic_error("start() twice");
  if (!shared_->daemon) ++awaited;
  try {
    std::thread(live).detach();
  } catch (...) {
    if (!shared_->daemon) --awaited;
    throw;
  }
  shared_->phase = kRunning;
  Shared::List().push_back(shared_);
}

void Thread::join() {
  if (shared_->phase == kNew) throw std::logic_error("join() before start()");
  if (self == shared_.get()) throw std::logic_error("join() of itself");
  shared_->over.acquire();
  shared_->over.release();
}

bool Thread::join(std::chrono::nanoseconds timeout) {
  if (shared_->phase == kNew) throw std::logic_error("join() before start()");
  if (self == shared_.get()) throw std::logic_error("join() of itself");
  const auto deadline = std::chrono::steady_clock::now() + std::max(timeout, std::chrono::nanoseconds(0));
  if (!shared_->over.try_acquire() && !shared_->over.try_acquire_until(deadline)) return false;
  shared_->over.release();
  return true;
}

bool Thread::is_alive() const { return shared_->phase == kRunning; }

std::string Thread::name() const {
  Turn turn(ListLock());
  return shared_->name;
}

void Thread::set_name(std::string name) {
  Turn turn(ListLock());
  shared_->name = std::move(name);
}

bool Thread::daemon() const { return shared_->daemon; }

void Thread::set_daemon(bool daemon) {
  Turn turn(ListLock());
  if (shared_->phase != kNew) throw std::logic_error("too late");
  shared_->daemon = daemon;
}

std::vector<ThreadInfo> Thread::enumerate() {
  Turn turn(ListLock());
  std::vector<ThreadInfo> result;
  result.push_back({"MainThread", false});
  for (const auto& one : Shared::List()) result.push_back({one->name, one->daemon});
  return result;
}
