#include "process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <iostream>
#include <list>
#include <stdexcept>
#include <system_error>

namespace {

int Checked(long result, const char* call) {
  if (result == -1) throw std::system_error(errno, std::system_category(), call);
  return static_cast<int>(result);
}

int names_given = 0;

std::string NameOf(const std::string& wanted) {
  if (!wanted.empty()) return wanted;
  names_given += 1;
  return "Process-" + std::to_string(names_given);
}

std::function<void()> Checked(std::function<void()> target) {
  if (target == nullptr) throw std::invalid_argument("no target");
  return target;
}

}  // namespace

// Ends the children when it is itself destroyed: at the end of the program.
class Children {
 public:
  ~Children() { EndAll(); }
  void EndAll() {
    while (getpid() == owner && !living.empty()) {
      Process* const child = living.front();
      living.pop_front();
      child->EndForGood();
    }
  }

  pid_t owner = getpid();
  std::list<Process*> living;
};

static Children children;

Process::Process(std::function<void()> target, ProcessOptions options)
    : target_(Checked(std::move(target))), name_(NameOf(options.name)), daemon_(options.daemon), owner_(getpid()) {}

Process::Process(ProcessOptions options) : name_(NameOf(options.name)), daemon_(options.daemon), owner_(getpid()) {}

Process::~Process() {
  if (!Here()) return;
  children.living.remove(this);
  EndForGood();
  if (pidfd_ != -1) close(pidfd_);
}

void Process::EndForGood() {
  if (pid_ == 0 || Look(WNOHANG)) return;
  if (daemon_) syscall(SYS_pidfd_send_signal, pidfd_, SIGKILL, nullptr, 0);
  Look(0);
}

bool Process::Here() const { return getpid() == owner_; }

void Process::run() {
  if (target_) target_();
}

// clone(2) gives the child and its pidfd at once. It knows nothing of pthread_atfork, but we are the only thread.
void Process::start() {
  if (!Here() || pid_ != 0) throw std::logic_error("start: not now, or not here");
  std::cout << std::flush;
  std::clog << std::flush;
  fflush(nullptr);
  children.living.push_back(this);
  const long child = syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &pidfd_, nullptr, 0);
  if (child == 0) _exit(Child());
  if (child == -1) children.living.pop_back();
  pid_ = child == -1 ? 0 : static_cast<pid_t>(child);
  Checked(child, "clone");
  fcntl(pidfd_, F_SETFD, FD_CLOEXEC);
}

int Process::Child() {
  if (daemon_ && (prctl(PR_SET_PDEATHSIG, SIGKILL) == -1 || getppid() != owner_)) return 1;
  pid_ = static_cast<pid_t>(syscall(SYS_getpid));
  children.owner = pid_;
  children.living.clear();
  close(STDIN_FILENO);
  if (open("/dev/null", O_RDWR) != STDIN_FILENO) return 1;
  int code = 1;
  try {
    run();
    code = 0;
  } catch (const std::exception& error) {
    std::cerr << "Exception in process " << name_ << ": " << error.what() << std::endl;
  } catch (...) {
    std::cerr << "Exception in process " << name_ << ": unknown" << std::endl;
  }
  children.EndAll();
  std::cout << std::flush;
  std::clog << std::flush;
  fflush(nullptr);
  return code;
}

// Reaps it if it has ended; with options 0 waits for that.
bool Process::Look(int options) {
  if (over_) return true;
  siginfo_t info{};
  for (;;) {
    const int result = waitid(static_cast<idtype_t>(P_PIDFD), static_cast<id_t>(pidfd_), &info, WEXITED | options);
    if (result == 0 || errno != EINTR) break;
  }
  if (info.si_pid == 0) return false;
  over_ = true;
  code_ = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
  children.living.remove(this);
  return true;
}

void Process::join() {
  if (!Here() || pid_ == 0) throw std::logic_error("join: not now, or not here");
  Look(0);
}

bool Process::join(std::chrono::nanoseconds timeout) {
  if (!Here() || pid_ == 0) throw std::logic_error("join: not now, or not here");
  if (Look(WNOHANG) || timeout.count() <= 0) return over_;
  const int timer = Checked(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), "timerfd_create");
  const int both = Checked(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
  itimerspec setting{};
  setting.it_value.tv_sec = timeout.count() / 1'000'000'000;
  setting.it_value.tv_nsec = timeout.count() % 1'000'000'000;
  timerfd_settime(timer, 0, &setting, nullptr);
  epoll_event event{};
  event.events = EPOLLIN;
  epoll_ctl(both, EPOLL_CTL_ADD, timer, &event);
  epoll_ctl(both, EPOLL_CTL_ADD, pidfd_, &event);
  while (epoll_wait(both, &event, 1, -1) == -1 && errno == EINTR) continue;
  close(both);
  close(timer);
  return Look(WNOHANG);
}

void Process::terminate() {
  if (!Here() || pid_ == 0) throw std::logic_error("terminate: not now, or not here");
  if (!over_) syscall(SYS_pidfd_send_signal, pidfd_, SIGTERM, nullptr, 0);
}

bool Process::is_alive() { return pid_ != 0 && (pid_ == getpid() || !Look(WNOHANG)); }

std::optional<int> Process::exitcode() {
  if (pid_ == 0 || pid_ == getpid() || !Look(WNOHANG)) return std::nullopt;
  return code_;
}

std::optional<pid_t> Process::pid() const { return pid_ == 0 ? std::nullopt : std::optional(pid_); }
const std::string& Process::name() const { return name_; }
bool Process::daemon() const { return daemon_; }

void Process::set_daemon(bool daemon) {
  if (pid_ != 0) throw std::logic_error("set_daemon: too late");
  daemon_ = daemon;
}
