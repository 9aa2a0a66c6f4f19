// A thread for each child sleeps in waitid, and tells everybody else when it returns.
#include "process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <mutex>
#include <set>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

// How a child ended. Guarded by mutex: whether it is reaped, so that nobody sends a signal to a stranger.
struct Process::Ending {
  explicit Ending(pid_t child) : pid(child) {}

  // Whether it has ended; reaps it. Call it with the mutex held.
  bool Reap() {
    siginfo_t info = {};
    if (over) return true;
    if (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0) return false;
    over = true;
    code = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
    changed.notify_all();
    return true;
  }

  bool Look() {
    const std::lock_guard lock(mutex);
    return Reap();
  }

  void Signal(int signal) {
    const std::lock_guard lock(mutex);
    if (!Reap()) kill(pid, signal);
  }

  void Wait() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return over; });
  }

  bool WaitFor(std::chrono::nanoseconds time) {
    std::unique_lock lock(mutex);
    const auto deadline = std::chrono::steady_clock::now() + time;
    return Reap() || changed.wait_until(lock, deadline, [this] { return over; });
  }

  const pid_t pid;
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  int code = 0;
};

static std::set<Process*> running;

void JoinAll() {
  for (Process* child : std::exchange(running, {})) {
    if (child->daemon_) child->ending_->Signal(SIGKILL);
    child->ending_->Wait();
  }
}

static void Flush() {
  std::cout.flush();
  std::clog.flush();
  std::fflush(nullptr);
}

static std::string MakeName(const std::string& name) {
  static std::atomic<int> count = 0;
  return name.empty() ? "Process-" + std::to_string(++count) : name;
}

Process::Process(ProcessOptions options) : name_(MakeName(options.name)), daemon_(options.daemon), creator_(getpid()) {}

Process::Process(std::function<void()> target, ProcessOptions options)
    : Process(target ? std::move(options) : throw std::invalid_argument("empty target")) {
  target_ = std::move(target);
}

Process::~Process() {
  if (getpid() != creator_) return;
  running.erase(this);
  if (!ending_) return;
  if (daemon_) ending_->Signal(SIGKILL);
  ending_->Wait();
}

void Process::CheckCaller(const char* call) const {
  if (getpid() != creator_) throw std::logic_error(std::string(call) + " in another process");
  if (!ending_) throw std::logic_error(std::string(call) + " before start()");
}

void Process::run() {
  if (target_) target_();
}

// A thread of this process that slept while its mother forked exists in the parent only.
void Process::start() {
  if (getpid() != creator_) throw std::logic_error("start() in another process");
  if (ending_) throw std::logic_error("start() again");
  static const int at_exit = std::atexit(JoinAll);
  static_cast<void>(at_exit);
  Flush();
  const pid_t child = fork();
  if (child == -1) throw std::system_error(errno, std::generic_category(), "fork");
  if (child == 0) {
    const int code = LiveAsChild();
    Flush();
    JoinAll();
    _exit(code);
  }
  pid_ = child;
  ending_ = std::make_shared<Ending>(child);
  running.insert(this);
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);  // handlers run in the main thread
  std::thread([ending = ending_] {
    siginfo_t info;
    while (waitid(P_PID, static_cast<id_t>(ending->pid), &info, WEXITED | WNOWAIT) == -1 && errno == EINTR) continue;
    ending->Look();
  }).detach();
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

int Process::LiveAsChild() {
  if (daemon_) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != creator_) return 1;
  }
  running.clear();
  pid_ = getpid();
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, 0);
  if (null > 0) close(null);
  try {
    run();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "Exception in process " << name_ << ": " << error.what() << '\n';
  } catch (...) {
    std::cerr << "Exception in process " << name_ << ": ?\n";
  }
  return 1;
}

void Process::join() {
  CheckCaller("join()");
  ending_->Wait();
}

bool Process::join(std::chrono::nanoseconds timeout) {
  CheckCaller("join()");
  return timeout.count() <= 0 ? ending_->Look() : ending_->WaitFor(timeout);
}

void Process::terminate() {
  CheckCaller("terminate()");
  ending_->Signal(SIGTERM);
}

bool Process::is_alive() { return getpid() == creator_ ? ending_ && !ending_->Look() : pid_ == getpid(); }

std::optional<int> Process::exitcode() {
  if (getpid() != creator_ || !ending_ || !ending_->Look()) return std::nullopt;
  return ending_->code;
}

std::optional<pid_t> Process::pid() const { return pid_; }
const std::string& Process::name() const { return name_; }
bool Process::daemon() const { return daemon_; }

void Process::set_daemon(bool daemon) {
  if (ending_) throw std::logic_error("set_daemon() after start()");
  daemon_ = daemon;
}
