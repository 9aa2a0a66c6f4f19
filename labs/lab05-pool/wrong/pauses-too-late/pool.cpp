// Each worker has a desk in shared memory, on which tasks and results lie. SIGUSR1 tells the parent that a task is done,
// SIGCHLD that a worker has died.
#include "pool.hpp"

#include <sched.h>
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <deque>
#include <iostream>
#include <mutex>
#include <system_error>
#include <vector>

namespace pool {

struct State {
  std::weak_ptr<Shop> shop;
  enum { kOpen, kDone, kThrew, kLost } fate = kOpen;
  std::string bytes;
};

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

enum Step : int { kIdle, kGiven, kBegun, kDone, kThrew };

struct Desk {
  static constexpr std::size_t kRoom = (1 << 20) + 4096;
  sem_t given;
  std::atomic<int> step;
  std::string (*call)(std::string_view);
  std::size_t size;
  char bytes[kRoom];
};

template <class T>
T* Share() {
  void* const memory = mmap(nullptr, sizeof(T), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) Fail("mmap");
  return static_cast<T*>(memory);
}

volatile std::sig_atomic_t news = 0;

void OnNews(int) { news = 1; }

void Listen() {
  struct sigaction action {};
  action.sa_handler = OnNews;
  action.sa_flags = SA_RESTART;
  sigaction(SIGCHLD, &action, nullptr);
  sigaction(SIGUSR1, &action, nullptr);
}

[[noreturn]] void Work(Desk& desk) {
  for (;;) {
    while (sem_wait(&desk.given) != 0) continue;
    const std::string arguments(desk.bytes, desk.size);
    desk.step = kBegun;
    Step end = kDone;
    std::string result;
    try {
      result = desk.call(arguments);
    } catch (const std::exception& error) {
      end = kThrew;
      result = error.what();
    } catch (...) {
      end = kThrew;
      result = "unknown exception";
    }
    std::cout.flush();
    std::fflush(nullptr);
    desk.size = std::min(result.size(), Desk::kRoom);
    result.copy(desk.bytes, desk.size);
    desk.step = end;
    kill(getppid(), SIGUSR1);
  }
}

}  // namespace

class Shop : public std::enable_shared_from_this<Shop> {
 public:
  explicit Shop(int workers) : size_(static_cast<std::size_t>(workers)) {
    try {
      while (workers_.size() < size_) Hire();
    } catch (...) {
      Kill();
      throw;
    }
  }

  std::shared_ptr<State> Add(Task task) {
    if (closed) throw Closed("closed");
    auto state = std::make_shared<State>();
    state->shop = weak_from_this();
    queue_.push_back({std::move(task), state});
    Look();
    return state;
  }

  void Look() {
    for (std::size_t i = 0; i < workers_.size();) {
      const bool dead = waitpid(workers_[i].pid, nullptr, WNOHANG) == workers_[i].pid;
      TakeResult(workers_[i]);
      if (!dead) {
        ++i;
        continue;
      }
      Bury(workers_[i]);
      workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    while (workers_.size() < size_) Hire();
    for (Worker& worker : workers_) {
      if (queue_.empty()) return;
      if (worker.order.state) continue;
      worker.order = std::move(queue_.front());
      queue_.pop_front();
      Desk& desk = *worker.desk;
      desk.call = worker.order.task.call;
      desk.size = worker.order.task.arguments.size();
      worker.order.task.arguments.copy(desk.bytes, desk.size);
      desk.step = kGiven;
      sem_post(&desk.given);
    }
  }

  void Sleep(const std::optional<Clock::time_point>& deadline) {
    if (!news) {  // and if it comes now?
      if (!deadline) {
        pause();
      } else {
        const auto left = std::max(*deadline - Clock::now(), Clock::duration::zero());
        const timespec rest{std::chrono::duration_cast<std::chrono::seconds>(left).count(),
                            (left % std::chrono::seconds(1)).count()};
        nanosleep(&rest, nullptr);
      }
    }
    news = 0;
    Look();
  }

  void Join() {
    Look();
    while (!queue_.empty() || Busy()) Sleep(std::nullopt);
    Clear();
  }

  void Kill() {
    closed = true;
    for (Worker& worker : workers_) kill(worker.pid, SIGKILL);
    for (Worker& worker : workers_) {
      Reap(worker);
      if (worker.order.state) worker.order.state->fate = State::kLost;
      munmap(worker.desk, sizeof(Desk));
    }
    for (Order& order : queue_) order.state->fate = State::kLost;
    workers_.clear();
    queue_.clear();
    size_ = 0;
  }

  bool closed = false;

 private:
  struct Order {
    Task task;
    std::shared_ptr<State> state;
  };
  struct Worker {
    pid_t pid;
    Desk* desk;
    Order order;
  };

  bool Busy() const {
    for (const Worker& worker : workers_) {
      if (worker.order.state) return true;
    }
    return false;
  }

  void Clear() { Kill(); }  // of idle workers: nothing is lost

  static void Reap(const Worker& worker) {
    while (waitpid(worker.pid, nullptr, 0) < 0 && errno == EINTR) continue;
  }

  void Hire() {
    Listen();
    Desk* const desk = Share<Desk>();
    sem_init(&desk->given, 1, 0);
    std::cout.flush();
    std::fflush(nullptr);
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(0);
      workers_.clear();
      Work(*desk);
    }
    if (pid < 0) {
      const int error = errno;
      munmap(desk, sizeof(Desk));
      errno = error;
      Fail("fork");
    }
    workers_.push_back({pid, desk, {}});
  }

  static void TakeResult(Worker& worker) {
    const int step = worker.desk->step;
    if (!worker.order.state || (step != kDone && step != kThrew)) return;
    worker.order.state->bytes.assign(worker.desk->bytes, worker.desk->size);
    worker.order.state->fate = step == kDone ? State::kDone : State::kThrew;
    worker.order = {};
    worker.desk->step = kIdle;
  }

  void Bury(Worker& worker) {
    if (worker.order.state && worker.desk->step == kGiven) {
      queue_.push_front(std::move(worker.order));
    } else if (worker.order.state) {
      worker.order.state->fate = State::kLost;
    }
    munmap(worker.desk, sizeof(Desk));
  }

  std::size_t size_;
  std::vector<Worker> workers_;
  std::deque<Order> queue_;
};

std::string Wait(State& state, std::optional<std::chrono::nanoseconds> timeout) {
  const auto deadline = timeout ? std::optional(Clock::now() + *timeout) : std::nullopt;
  const auto shop = state.shop.lock();
  if (shop) shop->Look();
  while (state.fate == State::kOpen) {
    if (deadline && Clock::now() >= *deadline) throw Timeout("not yet");
    shop->Sleep(deadline);
  }
  if (state.fate == State::kThrew) throw TaskFailed(state.bytes);
  if (state.fate == State::kLost) throw WorkerLost("the worker is gone");
  return state.bytes;
}

bool IsReady(State& state) {
  if (const auto shop = state.shop.lock()) shop->Look();
  return state.fate != State::kOpen;
}

namespace {

int Cpus() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  return CPU_COUNT(&set);
}

}  // namespace

Pool::Pool() : Pool(Cpus()) {}

Pool::Pool(int workers) {
  if (workers < 1) throw std::invalid_argument("at least one worker");
  shop_ = std::make_shared<Shop>(workers);
}

Pool::~Pool() { terminate(); }

std::shared_ptr<State> Pool::submit(Task task) { return shop_->Add(std::move(task)); }

void Pool::close() {
  shop_->closed = true;
  shop_->Look();
}

void Pool::join() {
  if (!shop_->closed) throw std::logic_error("the pool is open");
  shop_->Join();
}

void Pool::terminate() { shop_->Kill(); }

}  // namespace pool
