// fork: five small programs about processes (lab 1).
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace {

constexpr int kMostInALine = 1000;  // of `shape fan` and `shape chain`
constexpr int kDeepest = 9;         // of `shape tree`: 1022 descendants

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
    const std::string line = std::string("fork: ") + error.what() + '\n';
    if (write(STDERR_FILENO, line.data(), line.size()) == -1) return 1;  // nobody left to tell
    return 1;
  }
}

// Starts a child that runs body and ends with its result. The child ends by _exit: it must run neither its parent's
// atexit handlers nor its parent's code behind this call.
template <typename Body>
pid_t StartChild(Body body) {
  const pid_t child = fork();
  if (child == -1) Fail("fork");
  if (child == 0) _exit(Guarded(body));
  return child;
}

// Sleeps until child has ended; its status as waitpid(2) gives it.
int WaitFor(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) == -1) {
    if (errno != EINTR) Fail("waitpid");
  }
  return status;
}

int ParseInt(const std::string& text, int least, int most) {
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || rest != end || number < least || number > most) throw UsageError{};
  return number;
}

// ---- twice

int Twice() {
  const pid_t child = StartChild([] {
    PrintLine("child " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
    return 0;
  });
  PrintLine("parent " + std::to_string(getpid()) + " child " + std::to_string(child));
  return WaitFor(child) == 0 ? 0 : 1;  // until then the child has us as its parent
}

// ---- memory

int global_number = 0;

int Memory(int number) {
  global_number = number;
  const auto heap_number = std::make_unique<int>(number);
  int stack_number = number;

  const auto print = [&](const std::string& who) {
    PrintLine(who + ' ' + std::to_string(global_number) + ' ' + std::to_string(*heap_number) + ' ' +
              std::to_string(stack_number));
  };
  const pid_t child = StartChild([&] {
    global_number = ~number;  // never equal to number, and no int overflows
    *heap_number = ~number;
    stack_number = ~number;
    print("child");
    return 0;
  });
  const int status = WaitFor(child);  // the child has made its changes: to its own copy
  print("parent");
  return status == 0 ? 0 : 1;
}

// ---- exitcode

// The number of `KILL` or `SIGKILL`, if there is such a signal.
std::optional<int> SignalNumber(std::string_view name) {
  if (name.starts_with("SIG")) name.remove_prefix(3);
  for (int number = 1; number < SIGRTMIN; ++number) {
    const char* abbreviation = sigabbrev_np(number);
    if (abbreviation != nullptr && name == abbreviation) return number;
  }
  if (name == "IOT") return SIGIOT;
  if (name == "IO") return SIGIO;
  for (int number = SIGRTMIN; number <= SIGRTMAX; ++number) {
    const int above = number - SIGRTMIN;
    const int below = SIGRTMAX - number;
    if (name == (above == 0 ? "RTMIN" : "RTMIN+" + std::to_string(above))) return number;
    if (name == (below == 0 ? "RTMAX" : "RTMAX-" + std::to_string(below))) return number;
  }
  return std::nullopt;
}

// signal(7), column "Action": all others terminate, some with a core dump.
bool KillsByDefault(int signal) {
  constexpr int kHarmless[] = {SIGCHLD, SIGCONT, SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGURG, SIGWINCH};
  return std::ranges::find(kHarmless, signal) == std::end(kHarmless);
}

// Dies of signal, even if whoever started us had it ignored or blocked, and leaves no core file behind.
int DieOf(int signal) {
  const rlimit no_core{0, 0};
  if (setrlimit(RLIMIT_CORE, &no_core) == -1) Fail("setrlimit");
  if (signal != SIGKILL && std::signal(signal, SIG_DFL) == SIG_ERR) Fail("signal");
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  if (sigprocmask(SIG_UNBLOCK, &set, nullptr) == -1) Fail("sigprocmask");
  if (kill(getpid(), signal) == -1) Fail("kill");
  return 1;  // not reached
}

void PrintAtExit() noexcept {
  Guarded([] {
    PrintLine("atexit " + std::to_string(getpid()));
    return 0;
  });
}

int ExitCode(int code) {
  if (std::atexit(PrintAtExit) != 0) Fail("atexit");
  const int status = WaitFor(StartChild([code] { return code; }));
  if (!WIFEXITED(status)) return 1;
  PrintLine("exited " + std::to_string(WEXITSTATUS(status)));
  return 0;
}

int ExitCodeSignal(const std::string& name) {
  const std::optional<int> signal = SignalNumber(name);
  if (!signal || !KillsByDefault(*signal)) throw UsageError{};
  if (std::atexit(PrintAtExit) != 0) Fail("atexit");
  const int status = WaitFor(StartChild([&] { return DieOf(*signal); }));
  if (!WIFSIGNALED(status) || WTERMSIG(status) != *signal) return 1;
  PrintLine("killed " + name);
  return 0;
}

// ---- shape

// What a process has below itself.
struct Plan {
  std::vector<Plan> children;
};

Plan Fan(int count) { return Plan{std::vector<Plan>(static_cast<std::size_t>(count))}; }

Plan Chain(int count) {
  Plan plan;
  for (; count > 0; --count) {
    Plan above;
    above.children.push_back(std::move(plan));
    plan = std::move(above);
  }
  return plan;
}

Plan Tree(int depth) {
  if (depth == 0) return {};
  return Plan{{Tree(depth - 1), Tree(depth - 1)}};
}

int CountDescendants(const Plan& plan) {
  int count = 0;
  for (const Plan& child : plan.children) count += 1 + CountDescendants(child);
  return count;
}

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
  void Put(char byte) const { Write(descriptor_, {&byte, 1}); }

  // Sleeps until there is a byte; none when every copy of the writing end is closed.
  std::optional<char> Get() const {
    char byte = 0;
    for (;;) {
      const ssize_t count = read(descriptor_, &byte, 1);
      if (count == 1) return byte;
      if (count == 0) return std::nullopt;
      if (errno != EINTR) Fail("read");
    }
  }

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

// Where all processes of the tree meet before any may end. Each arrival is a byte for the program; the gate opens when
// the program closes the only writing end of that pipe, so it opens also if the program dies.
struct MeetingPoint {
  Pipe arrivals;
  Pipe gate;
};

constexpr char kHere = '.';
constexpr char kFailed = '!';  // could not build what was to be below

int Descend(MeetingPoint& meeting, const Plan& below);

// Starts the children that plan wants. Returns whether all could be started; those that could are in children.
bool StartChildren(MeetingPoint& meeting, const Plan& plan, std::vector<pid_t>& children) {
  return Guarded([&] {
           for (const Plan& below : plan.children) {
             children.push_back(StartChild([&] { return Descend(meeting, below); }));
           }
           return 0;
         }) == 0;
}

bool AllEndedWell(const std::vector<pid_t>& children) {
  bool well = true;
  for (const pid_t child : children) well = WaitFor(child) == 0 && well;
  return well;
}

// The life of every process below the program.
int Descend(MeetingPoint& meeting, const Plan& below) {
  meeting.gate.write_end.Close();  // or the gate would never open: end of file needs every copy closed
  meeting.arrivals.read_end.Close();
  std::vector<pid_t> children;
  const bool built = StartChildren(meeting, below, children);
  meeting.arrivals.write_end.Put(built ? kHere : kFailed);
  while (meeting.gate.read_end.Get()) continue;
  return AllEndedWell(children) && built ? 0 : 1;
}

int Shape(const Plan& plan) {
  MeetingPoint meeting;
  std::vector<pid_t> children;
  bool built = StartChildren(meeting, plan, children);
  meeting.arrivals.write_end.Close();
  for (int missing = CountDescendants(plan); built && missing > 0; --missing) {
    built = meeting.arrivals.read_end.Get() == kHere;
  }
  meeting.gate.write_end.Close();
  return AllEndedWell(children) && built ? 0 : 1;
}

// ---- pstate

// The whole file; none if there is no such process (any more).
std::optional<std::string> ReadStat(int pid) {
  const int descriptor = open(("/proc/" + std::to_string(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor == -1 && errno == ENOENT) return std::nullopt;
  if (descriptor == -1) Fail("open");
  const PipeEnd closes_it(descriptor);
  char text[4096];
  ssize_t size = 0;
  do {
    size = read(descriptor, text, sizeof text);
  } while (size == -1 && errno == EINTR);
  if (size == -1 && errno == ESRCH) return std::nullopt;
  if (size == -1) Fail("read");
  return std::string(text, static_cast<std::size_t>(size));
}

const char* StateName(char letter) {
  switch (letter) {
    case 'R':
      return "ready/running";
    case 'S':
    case 'D':
    case 'I':
      return "waiting";
    case 'T':
    case 't':
      return "stopped";
    case 'Z':
    case 'X':
      return "zombie";
    default:
      return "unknown";
  }
}

int PState(int pid) {
  const std::optional<std::string> stat = ReadStat(pid);
  // "PID (name) LETTER …": the name may hold blanks and brackets, what comes after it holds no bracket (proc(5)).
  const std::size_t bracket = stat ? stat->rfind(')') : std::string::npos;
  if (bracket == std::string::npos || bracket + 2 >= stat->size()) {
    Write(STDERR_FILENO, "fork: no such process: " + std::to_string(pid) + '\n');
    return 1;
  }
  const char letter = (*stat)[bracket + 2];
  PrintLine(std::string(StateName(letter)) + ' ' + letter);
  return 0;
}

// ---- command line

Plan ParsePlan(const std::string& kind, const std::string& size) {
  if (kind == "fan") return Fan(ParseInt(size, 0, kMostInALine));
  if (kind == "chain") return Chain(ParseInt(size, 0, kMostInALine));
  if (kind == "tree") return Tree(ParseInt(size, 0, kDeepest));
  throw UsageError{};
}

int Dispatch(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  if (command == "twice" && words.size() == 1) return Twice();
  if (command == "memory" && words.size() == 2) return Memory(ParseInt(words[1], INT_MIN, INT_MAX));
  if (command == "exitcode" && words.size() == 2) return ExitCode(ParseInt(words[1], 0, 255));
  if (command == "exitcode" && words.size() == 3 && words[1] == "signal") return ExitCodeSignal(words[2]);
  if (command == "shape" && words.size() == 3) return Shape(ParsePlan(words[1], words[2]));
  if (command == "pstate" && words.size() == 2) return PState(ParseInt(words[1], 1, INT_MAX));
  throw UsageError{};
}

}  // namespace

int main(int argc, char* argv[]) {
  std::signal(SIGCHLD, SIG_DFL);  // ignored by whoever started us, it would leave us nothing to wait for
  try {
    return Guarded([&] { return Dispatch({argv + 1, argv + argc}); });
  } catch (const UsageError&) {
    Guarded([] {
      Write(STDERR_FILENO,
            "usage: fork twice | memory NUMBER | exitcode N | exitcode signal NAME | shape fan N | shape chain N | "
            "shape tree DEPTH | pstate PID\n");
      return 0;
    });
    return 2;
  }
}
