// A promise for the end of each thread. At the end of the program the futures of all that are listed are waited for,
// one after the other, until nobody is left.
#include "thread.hpp"

#include <cstdlib>
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>

class Thread::Core {
 public:
  // Everybody who needs it has it; so it lives as long as anybody does.
  struct World {
    std::mutex mutex;
    std::map<unsigned long, std::shared_ptr<Core>> living;
    unsigned long starts = 0;
    unsigned long names = 0;
  };
  static const std::shared_ptr<World>& TheWorld() {
    static const auto& world = *new std::shared_ptr<World>(std::make_shared<World>());
    return world;
  }

  explicit Core(ThreadOptions options) : name(std::move(options.name)), daemon(options.daemon) {
    static std::once_flag flag;
    std::call_once(flag, [] { std::atexit(AwaitAll); });
    std::lock_guard guard(world->mutex);
    if (name.empty()) name = "Thread-" + std::to_string(++world->names);
  }

  static void AwaitAll() {
    const auto world = TheWorld();
    for (;;) {
      std::optional<std::shared_future<void>> next;
      {
        std::lock_guard guard(world->mutex);
        for (const auto& [number, core] : world->living) {
          if (!core->daemon && core->id != std::this_thread::get_id()) next = core->end;
        }
      }
      if (!next) return;
      next->wait();
    }
  }

  void CheckJoin() {
    std::lock_guard guard(world->mutex);
    if (!number) throw std::logic_error("not started");
    if (id == std::this_thread::get_id() && alive) throw std::logic_error("self");
  }

  std::shared_ptr<World> world = TheWorld();
  std::function<void()> target;
  std::string name;
  bool daemon;
  bool alive = false;
  std::optional<unsigned long> number;
  std::thread::id id;
  std::promise<void> promise;
  std::shared_future<void> end = promise.get_future().share();
};

Thread::Thread(std::function<void()> target, ThreadOptions options) {
  if (!target) throw std::invalid_argument("Thread: empty target");
  core_ = std::make_shared<Core>(std::move(options));
  core_->target = std::move(target);
}

Thread::Thread(ThreadOptions options) : core_(std::make_shared<Core>(std::move(options))) {}

Thread::~Thread() = default;

void Thread::run() {}

void Thread::start() {
  auto core = core_;
  std::unique_lock guard(core->world->mutex);
  if (core->number) throw std::logic_error("Thread: started twice");
  std::thread thread([core, this] {
    {
      std::lock_guard begun(core->world->mutex);  // start() has noted everything
    }
    try {
      core->target ? core->target() : run();
    } catch (const std::exception& e) {
      std::lock_guard lock(core->world->mutex);
      std::cerr << "Exception in thread " + core->name + ": " + e.what() + "\n";
    } catch (...) {
      std::lock_guard lock(core->world->mutex);
      std::cerr << "Exception in thread " + core->name + ": not a std::exception\n";
    }
    core->target = nullptr;
    std::lock_guard lock(core->world->mutex);
    core->alive = false;
    core->world->living.erase(*core->number);
    core->promise.set_value();
  });
  core->id = thread.get_id();
  core->alive = true;
  core->number = ++core->world->starts;
  core->world->living[*core->number] = core;
  thread.detach();
}

void Thread::join() {
  core_->CheckJoin();
  core_->end.wait();
}

bool Thread::join(std::chrono::nanoseconds timeout) {
  core_->CheckJoin();
  if (timeout.count() <= 0) return core_->end.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  if (core_->end.wait_for(timeout) == std::future_status::ready) return true;
  return core_->end.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

bool Thread::is_alive() const {
  std::lock_guard guard(core_->world->mutex);
  return core_->alive;
}

std::string Thread::name() const {
  std::lock_guard guard(core_->world->mutex);
  return core_->name;
}

void Thread::set_name(std::string name) {
  std::lock_guard guard(core_->world->mutex);
  core_->name.swap(name);
}

bool Thread::daemon() const {
  std::lock_guard guard(core_->world->mutex);
  return core_->daemon;
}

void Thread::set_daemon(bool daemon) {
  std::lock_guard guard(core_->world->mutex);
  if (core_->number) throw std::logic_error("Thread: set_daemon after start");
  core_->daemon = daemon;
}

std::vector<ThreadInfo> Thread::enumerate() {
  const auto& world = Core::TheWorld();
  std::lock_guard guard(world->mutex);
  std::vector<ThreadInfo> threads = {{"MainThread", false}};
  for (const auto& [number, core] : world->living) threads.push_back({core->name, core->daemon});
  return threads;
}
