// Process: a child process as an object (lab 4). The contract is in process.hpp, and the handout,
// labs/lab04-process/README.md, tells more.
#include "process.hpp"

#include <stdexcept>
#include <utility>

// TODO: an empty target, a name for those that are given none. What else do other calls need to know?
Process::Process(std::function<void()> target, ProcessOptions options)
    : target_(std::move(target)), name_(std::move(options.name)), daemon_(options.daemon) {}

Process::Process(ProcessOptions options) : name_(std::move(options.name)), daemon_(options.daemon) {}

// TODO: join the child, or kill and reap it if it is a daemon. In which process are we?
Process::~Process() = default;

void Process::run() {
  if (target_) target_();
}

void Process::start() {
  // TODO: fork. What has to be done before it, what in the child before and after run(), and what in the parent?
  throw std::runtime_error("start() is not written yet");
}

void Process::join() {
  // TODO: waitpid(2). It fails if the child has been reaped already.
  throw std::runtime_error("join() is not written yet");
}

bool Process::join([[maybe_unused]] std::chrono::nanoseconds timeout) {
  // TODO: sleep until the child has ended or the time has passed, whichever comes first. Do not look again and again.
  throw std::runtime_error("join(timeout) is not written yet");
}

void Process::terminate() {
  // TODO: kill(2). But whom does the pid belong to, once the child has been reaped?
  throw std::runtime_error("terminate() is not written yet");
}

bool Process::is_alive() {
  // TODO: look, without waiting.
  return false;
}

std::optional<int> Process::exitcode() {
  // TODO: look, without waiting.
  return std::nullopt;
}

std::optional<pid_t> Process::pid() const {
  // TODO
  return std::nullopt;
}

const std::string& Process::name() const { return name_; }

bool Process::daemon() const { return daemon_; }

// TODO: refuse it after start().
void Process::set_daemon(bool daemon) { daemon_ = daemon; }
