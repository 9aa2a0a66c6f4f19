#include "grader/os/trusted_child.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "grader/os/errno.h"
#include "grader/os/pidfd.h"
#include "grader/os/privileges.h"
#include "grader/os/signals.h"

namespace grader::os {
namespace {

// Above every number a child may be given, so that no dup2 overwrites a source that is still needed.
constexpr int kFirstFree = 64;

[[noreturn]] void GiveUp(int errors) noexcept {
  const Errno error = errno;
  [[maybe_unused]] const auto written = write(errors, &error, sizeof error);
  _exit(127);
}

// The child between fork and exec.
[[noreturn]] void Become(char* const* argv, std::span<Inherited> descriptors, pid_t parent, int errors) noexcept {
  setpgid(0, 0);
  if (DieWithParent(SIGKILL) != 0) GiveUp(errors);
  if (getppid() != parent) _exit(127);  // it ended before that
  ResetSignals();
  for (Inherited& one : descriptors) {
    if ((one.ours = fcntl(one.ours, F_DUPFD_CLOEXEC, kFirstFree)) < 0) GiveUp(errors);
  }
  for (const Inherited& one : descriptors) {
    if (dup2(one.ours, one.theirs) < 0) GiveUp(errors);
  }
  execv(argv[0], argv);
  GiveUp(errors);
}

}  // namespace

TrustedChild TrustedChild::Start(const std::vector<std::string>& argv, std::span<const Inherited> descriptors) {
  std::vector<char*> words;
  words.reserve(argv.size() + 1);
  for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  std::vector<Inherited> copies(descriptors.begin(), descriptors.end());
  Pipe made = MakePipe();
  Fd errors(fcntl(made.write.get(), F_DUPFD_CLOEXEC, kFirstFree));
  if (!errors) ThrowErrno("fcntl F_DUPFD_CLOEXEC");
  made.write.Close();

  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) ThrowErrno("fork");
  if (pid == 0) Become(words.data(), copies, parent, errors.get());
  TrustedChild child(pid, Fd());
  // Both sides do it: whoever comes first, the group exists before anybody signals it.
  setpgid(pid, pid);
  child.pidfd_ = OpenPidfd(pid);
  errors.Close();

  Errno error = 0;
  ssize_t got = 0;
  do {
    got = read(made.read.get(), &error, sizeof error);
  } while (got < 0 && errno == EINTR);
  if (got == sizeof error) ThrowIf(error, argv.front().c_str());
  return child;
}

TrustedChild::TrustedChild(TrustedChild&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), pidfd_(std::move(other.pidfd_)) {}

TrustedChild::~TrustedChild() {
  if (pid_ < 0) return;
  Signal(SIGKILL);
  try {
    Wait();
  } catch (const std::system_error&) {
    // There is nothing left to wait for.
  }
}

void TrustedChild::Signal(int signal) const noexcept {
  if (pid_ > 0) kill(-pid_, signal);
}

int TrustedChild::Wait() {
  siginfo_t unused{};
  // The group's id stays ours until the leader is reaped: first the others, then the leader.
  while (waitid(P_PID, static_cast<id_t>(pid_), &unused, WEXITED | WNOWAIT) != 0) {
    if (errno != EINTR) ThrowErrno("waitid");
  }
  Signal(SIGKILL);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0) {
    if (errno != EINTR) ThrowErrno("waitpid");
  }
  pid_ = -1;
  return status;
}

}  // namespace grader::os
