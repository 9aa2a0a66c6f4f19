// reap: five small programs about waiting, zombies and orphans (lab 2).
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <random>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kMostChildren = 1000;  // of `nohang` and `ignore`

struct UsageError {};

// Throws the error of the system call that has just failed.
[[noreturn]] void Fail(const char* call) { throw std::system_error(errno, std::generic_category(), call); }

void Write(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written == -1 && errno == EINTR) continue;
    if (written == -1) Fail("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// One line, one write: a pipe never mixes it with another process's line, and nothing stays in a buffer that fork
// copies.
void PrintLine(const std::string& line) { Write(STDOUT_FILENO, line + '\n'); }

// Runs body and returns its result; a failed system call is reported and becomes 1.
template <typename Body>
int Guarded(Body body) {
  try {
    return body();
  } catch (const std::system_error& error) {
    const std::string line = std::string("reap: ") + error.what() + '\n';
    if (write(STDERR_FILENO, line.data(), line.size()) == -1) return 1;  // nobody left to tell
    return 1;
  }
}

// Starts a child that runs body and ends with its result, by _exit: it never runs its parent's code behind this call.
template <typename Body>
pid_t StartChild(Body body) {
  const pid_t child = fork();
  if (child == -1) Fail("fork");
  if (child == 0) _exit(Guarded(body));
  return child;
}

// Sleeps until child has ended, and reaps it; its status as waitpid(2) gives it.
int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) == -1) {
    if (errno != EINTR) Fail("waitpid");
  }
  return status;
}

// The children that are still to be waited for. If the program has to give up half-way, none of them is left behind.
class Family {
 public:
  Family() = default;
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;
  ~Family() {
    for (const pid_t child : members_) kill(child, SIGKILL);
    for (const pid_t child : members_) waitpid(child, nullptr, 0);
  }

  void Add(pid_t child) { members_.push_back(child); }
  bool empty() const { return members_.empty(); }

  // Sleeps until this member has ended.
  int Wait(pid_t child) {
    const int status = WaitFor(child);
    std::erase(members_, child);
    return status;
  }

  // Reaps all members that have ended, however many they are, without waiting for those that have not.
  void ReapTheDead() {
    pid_t ended = 0;
    while (!empty() && (ended = waitpid(-1, nullptr, WNOHANG)) > 0) std::erase(members_, ended);
    if (ended == -1) Fail("waitpid");
  }

 private:
  std::vector<pid_t> members_;
};

// One end of a pipe, closed when it goes.
class PipeEnd {
 public:
  explicit PipeEnd(int descriptor) : descriptor_(descriptor) {}
  PipeEnd(const PipeEnd&) = delete;
  PipeEnd& operator=(const PipeEnd&) = delete;
  ~PipeEnd() { Close(); }

  void Close() {
    if (descriptor_ != -1) close(std::exchange(descriptor_, -1));
  }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

struct Pipe {
  Pipe() : Pipe(Open()) {}
  PipeEnd read_end;
  PipeEnd write_end;

 private:
  explicit Pipe(std::pair<int, int> ends) : read_end(ends.first), write_end(ends.second) {}
  static std::pair<int, int> Open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) == -1) Fail("pipe2");
    return {ends[0], ends[1]};
  }
};

// Where processes wait for the program. It opens when the last writing end is closed, so also if the program dies.
class Gate {
 public:
  void Open() { pipe_.write_end.Close(); }

  // For those who wait here, before anything else: a copy of the writing end of their own would keep the gate shut.
  void LetGo() { pipe_.write_end.Close(); }

  // Sleeps until the gate opens.
  void Wait() const {
    char nothing = 0;
    while (read(pipe_.read_end.descriptor(), &nothing, 1) == -1) {
      if (errno != EINTR) Fail("read");
    }
  }

 private:
  Pipe pipe_;
};

// How a process that is nobody's child here tells the program its pid.
class Introduction {
 public:
  void Send() const {
    const pid_t self = getpid();
    Write(pipe_.write_end.descriptor(), {reinterpret_cast<const char*>(&self), sizeof self});
  }

  // Sleeps until the pid is there. Fails if all who could have sent it have ended.
  pid_t Receive() {
    pipe_.write_end.Close();
    pid_t pid = 0;
    ssize_t size = 0;
    do {
      size = read(pipe_.read_end.descriptor(), &pid, sizeof pid);  // whole: it was one small write
    } while (size == -1 && errno == EINTR);
    if (size == -1) Fail("read");
    if (size == 0) throw std::system_error(ECHILD, std::generic_category(), "no grandchild");
    return pid;
  }

 private:
  Pipe pipe_;
};

// A process whose end can be waited for by anybody, not only by its parent: pidfd_open(2).
class Watched {
 public:
  explicit Watched(pid_t pid) : descriptor_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {
    if (descriptor_.descriptor() == -1) Fail("pidfd_open");
  }

  // Sleeps until it has ended.
  void WaitForEnd() const {
    pollfd ended{descriptor_.descriptor(), POLLIN, 0};
    while (poll(&ended, 1, -1) == -1) {
      if (errno != EINTR) Fail("poll");
    }
  }

 private:
  PipeEnd descriptor_;
};

int ParseInt(const std::string& text, int least, int most) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < least || number > most) throw UsageError{};
  return number;
}

// ---- waitall

// Sleeps until the parent sends SIGUSR1, which must be blocked since before the fork: so it cannot come too early.
void WaitForSignal(const sigset_t& signals) {
  int signal = 0;
  const int error = sigwait(&signals, &signal);
  if (error != 0) throw std::system_error(error, std::generic_category(), "sigwait");
}

// waitpid(-1) tells which children have ended, but of two that ended shortly after one another not which was first. So
// the program draws the order, and lets one child end only when the one before it has been reaped.
int WaitAll(int count) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR1);
  if (sigprocmask(SIG_BLOCK, &signals, nullptr) == -1) Fail("sigprocmask");

  Family family;
  std::vector<pid_t> order;
  for (int code = 1; code <= count; ++code) {
    order.push_back(StartChild([&] {
      WaitForSignal(signals);
      return code;
    }));
    family.Add(order.back());
  }
  std::shuffle(order.begin(), order.end(), std::mt19937(std::random_device{}()));
  for (const pid_t child : order) {
    if (kill(child, SIGUSR1) == -1) Fail("kill");
    const int status = family.Wait(child);
    if (!WIFEXITED(status)) return 1;
    PrintLine(std::to_string(child) + ' ' + std::to_string(WEXITSTATUS(status)));
  }
  return 0;
}

// ---- nohang

constexpr int kBursts = 4;
constexpr int kTicksPerBurst = 4;
constexpr auto kTick = 10ms;

// The children of a burst wait at one gate, which is opened at a tick: all of them end at that moment, and the few
// SIGCHLD they leave tell nothing of their number. Ticks go by the clock, so that the work between them does not add
// up.
int NoHang(int count) {
  std::array<Gate, kBursts> bursts;
  Family family;
  for (int number = 0; number < count; ++number) {
    family.Add(StartChild([&] {
      for (Gate& gate : bursts) gate.LetGo();
      bursts[static_cast<std::size_t>(number % kBursts)].Wait();
      return 0;
    }));
  }
  auto next = Clock::now();
  for (int tick = 1; !family.empty(); ++tick) {
    PrintLine("tick");
    const int burst = tick / kTicksPerBurst - 1;
    if (tick % kTicksPerBurst == 0 && burst < kBursts) bursts[static_cast<std::size_t>(burst)].Open();
    next = std::max(next + kTick, Clock::now());  // a tick that was missed is not made up for
    std::this_thread::sleep_until(next);
    family.ReapTheDead();
  }
  return 0;
}

// ---- twolevel

constexpr auto kAfterlife = 100ms;

int TwoLevel() {
  Gate adopted;
  Introduction introduction;
  Family family;
  const pid_t father = StartChild([&] {
    StartChild([&] {
      adopted.LetGo();
      introduction.Send();
      adopted.Wait();
      PrintLine("worker " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
      std::this_thread::sleep_for(kAfterlife);
      return 0;
    });
    return 0;  // at once: the worker is to be an orphan
  });
  family.Add(father);
  const Watched worker(introduction.Receive());  // safe: it cannot end before the gate opens
  const int status = family.Wait(father);
  adopted.Open();
  worker.WaitForEnd();
  return status == 0 ? 0 : 1;
}

// ---- ignore

int Ignore(int count) {
  if (std::signal(SIGCHLD, SIG_IGN) == SIG_ERR) Fail("signal");  // before the first fork: no child may end before it
  for (int number = 0; number < count; ++number) {
    StartChild([] { return 0; });
  }
  // With SIGCHLD ignored wait(2) reaps nobody: it sleeps until the last child is gone, and then fails.
  while (wait(nullptr) != -1 || errno == EINTR) continue;
  if (errno != ECHILD) Fail("wait");
  PrintLine("done");
  return 0;
}

// ---- orphan

int Orphan() {
  Gate parent_may_end;
  Gate adopted;
  Introduction introduction;
  Family family;
  const pid_t parent = StartChild([&] {
    StartChild([&] {
      parent_may_end.LetGo();
      adopted.LetGo();
      PrintLine("before " + std::to_string(getppid()));
      introduction.Send();
      adopted.Wait();
      PrintLine("after " + std::to_string(getppid()));
      return 0;
    });
    adopted.LetGo();
    parent_may_end.LetGo();
    parent_may_end.Wait();
    return 0;
  });
  family.Add(parent);
  const Watched child(introduction.Receive());  // it has printed its first line, and waits
  parent_may_end.Open();
  const int status = family.Wait(parent);
  adopted.Open();  // who was reaped is nobody's parent any more
  child.WaitForEnd();
  return status == 0 ? 0 : 1;
}

// ---- command line

int Dispatch(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  if (command == "waitall" && words.size() == 2) return WaitAll(ParseInt(words[1], 0, 255));
  if (command == "nohang" && words.size() == 2) return NoHang(ParseInt(words[1], 0, kMostChildren));
  if (command == "twolevel" && words.size() == 1) return TwoLevel();
  if (command == "ignore" && words.size() == 2) return Ignore(ParseInt(words[1], 0, kMostChildren));
  if (command == "orphan" && words.size() == 1) return Orphan();
  throw UsageError{};
}

}  // namespace

int main(int argc, char* argv[]) {
  std::signal(SIGCHLD, SIG_DFL);  // ignored by whoever started us, it would leave us nothing to wait for
  try {
    return Guarded([&] { return Dispatch({argv + 1, argv + argc}); });
  } catch (const UsageError&) {
    Guarded([] {
      Write(STDERR_FILENO, "usage: reap waitall N | nohang N | twolevel | ignore N | orphan\n");
      return 0;
    });
    return 2;
  }
}
