// No pipe and no shared memory: the tree meets by signals. Readiness climbs from the leaves to the program by queued
// real-time signals, the permission to end goes down from each process to its own children.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using std::string;

static int usage() {
  std::cerr << "usage: fork twice | memory NUMBER | exitcode N | exitcode signal NAME | shape fan N | shape chain N | "
               "shape tree DEPTH | pstate PID\n";
  return 2;
}

[[noreturn]] static void give_up(const char* what) {
  std::perror(what);
  _exit(1);
}

static pid_t checked_fork() {
  std::cout.flush();
  const pid_t pid = fork();
  if (pid == -1) give_up("fork");
  return pid;
}

static bool parse(const string& text, int& number, int least, int most) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() && number >= least && number <= most;
}

static int wait_for(pid_t pid) {
  int status;
  while (waitpid(pid, &status, 0) == -1) {
    if (errno != EINTR) give_up("waitpid");
  }
  return status;
}

static int twice() {
  const pid_t pid = checked_fork();
  std::ostringstream line;
  if (pid == 0) {
    line << "child " << getpid() << " parent " << getppid() << '\n';
    std::cout << line.str() << std::flush;
    _exit(0);
  }
  line << "parent " << getpid() << " child " << pid << '\n';
  std::cout << line.str() << std::flush;
  return WEXITSTATUS(wait_for(pid));
}

static int a_global;

static int memory(int number) {
  std::vector<int> on_heap{number};
  volatile int on_stack = number;
  a_global = number;
  const pid_t pid = checked_fork();
  if (pid == 0) {
    const int other = number == 42 ? 43 : 42;
    on_heap[0] = a_global = other;
    on_stack = other;
  } else {
    wait_for(pid);
  }
  std::ostringstream line;
  line << (pid == 0 ? "child " : "parent ") << a_global << ' ' << on_heap[0] << ' ' << on_stack << '\n';
  std::cout << line.str() << std::flush;
  if (pid == 0) _exit(0);
  return 0;
}

static const std::map<string, int> deadly = {
    {"HUP", SIGHUP},       {"INT", SIGINT},   {"QUIT", SIGQUIT}, {"ILL", SIGILL},       {"TRAP", SIGTRAP},
    {"ABRT", SIGABRT},     {"BUS", SIGBUS},   {"FPE", SIGFPE},   {"KILL", SIGKILL},     {"USR1", SIGUSR1},
    {"SEGV", SIGSEGV},     {"USR2", SIGUSR2}, {"PIPE", SIGPIPE}, {"ALRM", SIGALRM},     {"TERM", SIGTERM},
    {"STKFLT", SIGSTKFLT}, {"XCPU", SIGXCPU}, {"XFSZ", SIGXFSZ}, {"PROF", SIGPROF},     {"POLL", SIGPOLL},
    {"PWR", SIGPWR},       {"SYS", SIGSYS},   {"IO", SIGIO},     {"VTALRM", SIGVTALRM},
};

static void farewell() { std::cout << "atexit " + std::to_string(getpid()) + "\n" << std::flush; }

static int exit_code(int code) {
  std::atexit(farewell);
  const pid_t pid = checked_fork();
  if (pid == 0) _exit(code);
  const int status = wait_for(pid);
  std::cout << "exited " + std::to_string(WEXITSTATUS(status)) + "\n" << std::flush;
  return 0;
}

static int exit_signal(const string& name) {
  const auto found = deadly.find(name.rfind("SIG", 0) == 0 ? name.substr(3) : name);
  if (found == deadly.end()) return usage();
  std::atexit(farewell);
  const pid_t pid = checked_fork();
  if (pid == 0) {
    signal(found->second, SIG_DFL);
    raise(found->second);
    _exit(1);
  }
  const int status = wait_for(pid);
  if (!WIFSIGNALED(status)) return 1;
  std::cout << "killed " + name + "\n" << std::flush;
  return 0;
}

static void expect_signal(const sigset_t& set) {
  while (sigwaitinfo(&set, nullptr) == -1) {
    if (errno != EINTR) give_up("sigwaitinfo");
  }
}

static sigset_t just(int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  return set;
}

static int shape(const string& kind, int size, bool top) {
  const int up = SIGRTMIN, down = SIGUSR1;
  const int children = kind == "fan" ? size : size == 0 ? 0 : kind == "chain" ? 1 : 2;
  std::vector<pid_t> pids;
  for (int i = 0; i < children; ++i) {
    const pid_t pid = checked_fork();
    if (pid == 0) _exit(shape(kind, kind == "fan" ? 0 : size - 1, false));
    pids.push_back(pid);
  }
  for (int i = 0; i < children; ++i) expect_signal(just(up));
  if (!top) {
    if (sigqueue(getppid(), up, {}) == -1) give_up("sigqueue");
    expect_signal(just(down));
  }
  for (const pid_t pid : pids) kill(pid, down);
  for (const pid_t pid : pids) wait_for(pid);
  return 0;
}

static int pstate(const string& pid) {
  std::ifstream file("/proc/" + pid + "/status");
  string line;
  while (std::getline(file, line)) {
    if (line.rfind("State:\t", 0) != 0) continue;
    const char letter = line.at(7);
    const char* names[][2] = {{"R", "ready/running"}, {"SDI", "waiting"}, {"Tt", "stopped"}, {"ZX", "zombie"}};
    for (const auto& [letters, name] : names) {
      if (std::strchr(letters, letter)) std::cout << name << ' ' << letter << std::endl;
    }
    return 0;
  }
  std::cerr << "fork: no process " << pid << '\n';
  return 1;
}

int main(int argc, char** argv) {
  const std::vector<string> a(argv + 1, argv + argc);
  const size_t n = a.size();
  int number = 0;
  if (n == 1 && a[0] == "twice") return twice();
  if (n == 2 && a[0] == "memory" && parse(a[1], number, INT_MIN, INT_MAX)) return memory(number);
  if (n == 2 && a[0] == "exitcode" && parse(a[1], number, 0, 255)) return exit_code(number);
  if (n == 3 && a[0] == "exitcode" && a[1] == "signal") return exit_signal(a[2]);
  if (n == 3 && a[0] == "shape" && (a[1] == "fan" || a[1] == "chain" || a[1] == "tree") &&
      parse(a[2], number, 0, 500)) {
    if (a[1] == "tree" && number > 8) return usage();
    sigset_t both = just(SIGRTMIN);
    sigaddset(&both, SIGUSR1);
    sigprocmask(SIG_BLOCK, &both, nullptr);  // before the first fork: nothing comes too early
    return shape(a[1], number, true);
  }
  if (n == 2 && a[0] == "pstate" && parse(a[1], number, 1, INT_MAX)) return pstate(a[1]);
  return usage();
}
