// A child process as an object (lab 4).
#include "process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "child.h"
#include "daemon.h"
#include "ending.h"
#include "family.h"

namespace {

std::string NameFor(const ProcessOptions& options) {
  static int unnamed = 0;
  return options.name.empty() ? "Process-" + std::to_string(++unnamed) : options.name;
}

std::function<void()> NotEmpty(std::function<void()> target) {
  if (!target) throw std::invalid_argument("a Process needs a target");
  return target;
}

}  // namespace

// What is left to do when this process ends: joins its children, which may still need the daemons, then kills those.
void EndChildren() noexcept {
  auto children = lab::TakeStarted();
  std::stable_partition(children.begin(), children.end(), [](const Process* child) { return !child->daemon_; });
  for (Process* child : children) {
    try {
      if (child->Ended()) continue;
      if (child->daemon_) kill(*child->pid_, SIGKILL);
      child->Reap(0);
    } catch (const std::system_error&) {
      continue;  // nobody is left to tell; the others are still to be joined
    }
  }
}

Process::Process(std::function<void()> target, ProcessOptions options)
    : target_(NotEmpty(std::move(target))), name_(NameFor(options)), daemon_(options.daemon), here_(getpid()) {}

Process::Process(ProcessOptions options) : name_(NameFor(options)), daemon_(options.daemon), here_(getpid()) {}

Process::~Process() {
  if (getpid() != here_) return;
  lab::ForgetStarted(this);
  try {
    if (!pid_ || Ended()) return;
    if (daemon_) kill(*pid_, SIGKILL);
    Reap(0);
  } catch (const std::system_error&) {
    return;  // a destructor must not throw
  }
}

void Process::run() {
  if (target_) target_();
}

void Process::start() {
  if (getpid() != here_) throw std::logic_error("start() of " + name_ + " in a process that did not construct it");
  if (pid_) throw std::logic_error(name_ + " has been started already");
  lab::AtTheEnd(EndChildren);
  lab::AddStarted(this);  // before there is a child: it may throw
  lab::FlushOutput();
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) BeChild(parent);
  pid_ = child;
  if (child == -1) {
    const int error = errno;
    lab::ForgetStarted(this);
    throw std::system_error(error, std::generic_category(), "fork");
  }
}

void Process::BeChild(pid_t parent) noexcept {
  if (daemon_) lab::DieWith(parent);
  lab::TakeStarted();  // they are our siblings, none of ours
  pid_ = getpid();
  lab::ReadFromDevNull();
  const int code = lab::ExitCodeOf([this] { run(); }, name_);
  lab::FlushOutput();
  EndChildren();
  _exit(code);
}

void Process::RequireStartedHere(const char* call) const {
  if (getpid() != here_) {
    throw std::logic_error(std::string(call) + " of " + name_ + " in a process that did not construct it");
  }
  if (!pid_) throw std::logic_error(std::string(call) + " of " + name_ + " before start()");
}

// A child stays a zombie, and its pid its own, until we reap it; so nobody else can ever be meant by pid_.
void Process::Reap(int options) {
  int status = 0;
  const pid_t ended = lab::WaitFor(*pid_, options, status);
  if (ended == 0) return;
  reaped_ = true;
  lab::ForgetStarted(this);
  if (ended == *pid_) exitcode_ = lab::ExitCode(status);
}

bool Process::Ended() {
  if (!reaped_) Reap(WNOHANG);
  return reaped_;
}

void Process::join() {
  RequireStartedHere("join()");
  if (!reaped_) Reap(0);
}

bool Process::join(std::chrono::nanoseconds timeout) {
  RequireStartedHere("join()");
  if (Ended()) return true;
  if (timeout > timeout.zero()) lab::SleepUntilEnded(*pid_, timeout);
  return Ended();
}

void Process::terminate() {
  RequireStartedHere("terminate()");
  if (!Ended() && kill(*pid_, SIGTERM) == -1) throw std::system_error(errno, std::generic_category(), "kill");
}

bool Process::is_alive() {
  if (!pid_) return false;
  return getpid() == here_ ? !Ended() : !reaped_ && lab::IsRunning(*pid_);
}

std::optional<int> Process::exitcode() {
  if (pid_ && getpid() == here_) Ended();
  return exitcode_;
}

std::optional<pid_t> Process::pid() const { return pid_; }

const std::string& Process::name() const { return name_; }

bool Process::daemon() const { return daemon_; }

void Process::set_daemon(bool daemon) {
  if (pid_) throw std::logic_error(name_ + " has been started: too late to make it a daemon, or none");
  daemon_ = daemon;
}
