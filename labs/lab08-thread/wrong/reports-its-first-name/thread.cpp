// Thread (lab 8): what object and thread share is a State, which both keep alive. One mutex guards all states and the
// list of those that are alive, so whoever holds it sees all threads at one moment.
#include "thread.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace {

enum class Phase { kNew, kAlive, kEnded };

}  // namespace

struct Thread::State {
  std::function<void()> target;
  std::string name;
  bool daemon = false;
  Phase phase = Phase::kNew;
  std::condition_variable ended;

  void Work(Thread* object);
  void RequireJoinable() const;
  bool HasEnded() const { return phase == Phase::kEnded; }
};

// All threads of the program.
struct Thread::Registry {
  Registry() {
    std::atexit([] { Get().AwaitOthers(); });
  }

  // Never destroyed: a daemon may end while the program does.
  static Registry& Get() {
    static auto* const registry = new Registry;
    return *registry;
  }

  void AwaitOthers();
  void Remove(const State& state);

  std::mutex mutex;
  std::condition_variable some_ended;
  std::vector<std::shared_ptr<State>> alive;  // in order of start
  unsigned long unnamed = 0;

  static thread_local const State* current;  // of this thread; null in main, and in threads that are none of ours
};

thread_local const Thread::State* Thread::Registry::current = nullptr;

void Thread::Registry::AwaitOthers() {
  std::unique_lock guard(mutex);
  some_ended.wait(guard, [this] {
    return std::all_of(alive.begin(), alive.end(),
                       [](const auto& state) { return state->daemon || state.get() == current; });
  });
}

void Thread::Registry::Remove(const State& state) {
  alive.erase(std::find_if(alive.begin(), alive.end(), [&](const auto& one) { return one.get() == &state; }));
}

// The thread's life. The object may be gone, unless its run() is to be called.
void Thread::State::Work(Thread* object) {
  auto& registry = Registry::Get();
  Registry::current = this;
  std::string called;
  {
    const std::lock_guard guard(registry.mutex);
    called = name;
  }
  const auto report = [&](const char* what) {
    std::fprintf(stderr, "Exception in thread %s: %s\n", called.c_str(), what);
  };
  try {
    if (target) {
      target();
    } else {
      object->run();
    }
  } catch (const std::exception& error) {
    report(error.what());
  } catch (...) {
    report("an exception of another kind");
  }
  target = nullptr;  // what it has captured is destroyed before anybody hears of the end
  const std::lock_guard guard(registry.mutex);
  phase = Phase::kEnded;
  registry.Remove(*this);
  ended.notify_all();
  registry.some_ended.notify_all();
}

void Thread::State::RequireJoinable() const {
  if (phase == Phase::kNew) throw std::logic_error("join() of a thread that was not started");
  if (Registry::current == this) throw std::logic_error("join() of the thread itself");
}

Thread::Thread(ThreadOptions options) : state_(std::make_shared<State>()) {
  auto& registry = Registry::Get();
  const std::lock_guard guard(registry.mutex);
  state_->name = options.name.empty() ? "Thread-" + std::to_string(++registry.unnamed) : std::move(options.name);
  state_->daemon = options.daemon;
}

Thread::Thread(std::function<void()> target, ThreadOptions options)
    : Thread(target ? std::move(options) : throw std::invalid_argument("a thread without a target")) {
  state_->target = std::move(target);
}

Thread::~Thread() = default;

void Thread::run() {}

void Thread::start() {
  auto& registry = Registry::Get();
  const std::lock_guard guard(registry.mutex);
  if (state_->phase != Phase::kNew) throw std::logic_error("a thread is started only once");
  registry.alive.push_back(state_);
  try {
    std::thread([state = state_, this] { state->Work(this); }).detach();
  } catch (...) {
    registry.alive.pop_back();
    throw;
  }
  state_->phase = Phase::kAlive;
}

void Thread::join() {
  std::unique_lock guard(Registry::Get().mutex);
  state_->RequireJoinable();
  state_->ended.wait(guard, [&] { return state_->HasEnded(); });
}

bool Thread::join(std::chrono::nanoseconds timeout) {
  std::unique_lock guard(Registry::Get().mutex);
  state_->RequireJoinable();
  return state_->ended.wait_for(guard, timeout, [&] { return state_->HasEnded(); });
}

bool Thread::is_alive() const {
  const std::lock_guard guard(Registry::Get().mutex);
  return state_->phase == Phase::kAlive;
}

std::string Thread::name() const {
  const std::lock_guard guard(Registry::Get().mutex);
  return state_->name;
}

void Thread::set_name(std::string name) {
  const std::lock_guard guard(Registry::Get().mutex);
  state_->name = std::move(name);
}

bool Thread::daemon() const {
  const std::lock_guard guard(Registry::Get().mutex);
  return state_->daemon;
}

void Thread::set_daemon(bool daemon) {
  const std::lock_guard guard(Registry::Get().mutex);
  if (state_->phase != Phase::kNew) throw std::logic_error("set_daemon() after start()");
  state_->daemon = daemon;
}

std::vector<ThreadInfo> Thread::enumerate() {
  auto& registry = Registry::Get();
  const std::lock_guard guard(registry.mutex);
  std::vector<ThreadInfo> threads{{"MainThread", false}};
  for (const auto& state : registry.alive) threads.push_back({state->name, state->daemon});
  return threads;
}
