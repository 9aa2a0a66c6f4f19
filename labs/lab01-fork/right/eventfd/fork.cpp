// Classes that own what they open; the tree meets at two eventfds; output by writev and dprintf.
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

namespace {

using Arguments = std::vector<std::string>;

[[noreturn]] void fail(const std::string& call) { throw std::system_error(errno, std::system_category(), call); }

class Child {
 public:
  explicit Child(const std::function<int()>& life) : pid_(::fork()) {
    if (pid_ == -1) fail("fork");
    if (pid_ == 0) {
      int code = 1;
      try {
        code = life();
      } catch (const std::exception& e) {
        dprintf(STDERR_FILENO, "fork: %s\n", e.what());
      }
      _exit(code);
    }
  }
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&&) = delete;
  ~Child() {
    if (pid_ != -1) wait();
  }

  pid_t pid() const { return pid_; }

  int wait() {
    int status = 0;
    while (waitpid(pid_, &status, 0) == -1 && errno == EINTR) continue;
    pid_ = -1;
    return status;
  }

 private:
  pid_t pid_;
};

class Event {
 public:
  explicit Event(int flags) : fd_(eventfd(0, flags | EFD_CLOEXEC)) {
    if (fd_ == -1) fail("eventfd");
  }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { close(fd_); }

  void add(std::uint64_t n) const {
    if (n > 0 && eventfd_write(fd_, n) == -1) fail("eventfd_write");
  }
  std::uint64_t take() const {
    eventfd_t n = 0;
    while (eventfd_read(fd_, &n) == -1) {
      if (errno != EINTR) fail("eventfd_read");
    }
    return n;
  }

 private:
  int fd_;
};

int number(const std::string& text, int least = std::numeric_limits<int>::min(),
           int most = std::numeric_limits<int>::max()) {
  std::size_t used = 0;
  if (text.empty() || std::isspace(static_cast<unsigned char>(text[0]))) throw std::invalid_argument(text);
  const int n = std::stoi(text, &used);
  if (used != text.size() || n < least || n > most) throw std::out_of_range(text);
  return n;
}

int twice(const Arguments&) {
  Child child([] { return dprintf(STDOUT_FILENO, "child %d parent %d\n", getpid(), getppid()) < 0; });
  if (dprintf(STDOUT_FILENO, "parent %d child %d\n", getpid(), child.pid()) < 0) fail("write");
  return child.wait();
}

int g = 0;

int memory(const Arguments& a) {
  const int n = number(a.at(0));
  std::array<int*, 3> places{&g, new int, nullptr};
  int local = 0;
  places[2] = &local;
  for (int* place : places) *place = n;
  const auto show = [&](const char* who) {
    return dprintf(STDOUT_FILENO, "%s %d %d %d\n", who, *places[0], *places[1], *places[2]) < 0;
  };
  Child child([&] {
    for (int* place : places) *place = n == 0 ? 7 : 0;
    return show("child");
  });
  const int status = child.wait();
  const bool failed = show("parent");
  delete places[1];
  return failed || status != 0;
}

int exitcode(const Arguments& a) {
  int signal = 0, code = 0;
  if (a.size() == 2) {
    if (a[0] != "signal") throw std::invalid_argument(a[0]);
    const std::string name = a[1].substr(a[1].starts_with("SIG") ? 3 : 0);
    for (const int s : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 24, 25, 26, 27, 29, 30, 31}) {
      if (name == sigabbrev_np(s)) signal = s;
    }
    if (signal == 0) throw std::invalid_argument(a[1]);
  } else {
    code = number(a.at(0), 0, 255);
  }
  std::atexit([] { dprintf(STDOUT_FILENO, "atexit %d\n", getpid()); });
  const int status = Child([&] {
                       if (signal != 0) kill(getpid(), signal);
                       return code;
                     }).wait();
  if (WIFSIGNALED(status) && WTERMSIG(status) == signal) dprintf(STDOUT_FILENO, "killed %s\n", a[1].c_str());
  if (WIFEXITED(status)) dprintf(STDOUT_FILENO, "exited %d\n", WEXITSTATUS(status));
  return 0;
}

class Tree {
 public:
  // How many children the process at a level has, and how many levels there are.
  Tree(int width, int levels) : width_(width), levels_(levels) {}

  int run() {
    {
      const std::vector<Child> children = grow(0);
      std::uint64_t total = 0, row = 1, here = 0;
      for (int level = 0; level < levels_; ++level) total += row *= static_cast<std::uint64_t>(width_);
      while (here < total) here += arrived_.take();
      leave_.add(total);
    }  // waits for the children
    return 0;
  }

 private:
  std::vector<Child> grow(int level) {
    std::vector<Child> children;
    if (level == levels_) return children;
    children.reserve(static_cast<std::size_t>(width_));
    for (int i = 0; i < width_; ++i) {
      children.emplace_back([this, level] {
        const std::vector<Child> mine = grow(level + 1);
        arrived_.add(1);
        leave_.take();
        return 0;
      });
    }
    return children;
  }

  int width_;
  int levels_;
  Event arrived_{0};
  Event leave_{EFD_SEMAPHORE};
};

int shape(const Arguments& a) {
  if (a.at(0) == "fan") return Tree(number(a.at(1), 0, 240), 1).run();
  if (a[0] == "chain") return Tree(1, number(a.at(1), 0, 240)).run();
  if (a[0] == "tree") return Tree(2, number(a.at(1), 0, 7)).run();
  throw std::invalid_argument(a[0]);
}

int pstate(const Arguments& a) {
  const std::string path = "/proc/" + std::to_string(number(a.at(0), 1)) + "/stat";
  const int fd = open(path.c_str(), O_RDONLY);
  if (fd == -1) fail("open " + path);
  char text[1024];
  const ssize_t size = read(fd, text, sizeof text);
  close(fd);
  if (size <= 0) fail("read " + path);
  const char* bracket = static_cast<const char*>(memrchr(text, ')', static_cast<std::size_t>(size)));
  static const std::unordered_map<char, const char*> names = {
      {'R', "ready/running "}, {'S', "waiting "}, {'D', "waiting "}, {'I', "waiting "},
      {'T', "stopped "},       {'t', "stopped "}, {'Z', "zombie "},  {'X', "zombie "}};
  const char* name = names.at(bracket[2]);
  char letter[2] = {bracket[2], '\n'};
  const iovec line[] = {{const_cast<char*>(name), std::strlen(name)}, {letter, 2}};
  return writev(STDOUT_FILENO, line, 2) == -1;
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::unordered_map<std::string, std::pair<std::array<int, 2>, int (*)(const Arguments&)>> commands = {
      {"twice", {{0, 0}, twice}},
      {"memory", {{1, 1}, memory}},
      {"exitcode", {{1, 2}, exitcode}},
      {"shape", {{2, 2}, shape}},
      {"pstate", {{1, 1}, pstate}}};
  try {
    const auto& [count, run] = commands.at(argc > 1 ? argv[1] : "");
    if (argc - 2 < count[0] || argc - 2 > count[1]) throw std::invalid_argument("count");
    return run(Arguments(argv + 2, argv + argc));
  } catch (const std::logic_error&) {  // of commands.at, number and the commands themselves
    std::fputs(
        "usage: fork twice|memory NUMBER|exitcode N|exitcode signal NAME|shape fan N|shape chain N|"
        "shape tree DEPTH|pstate PID\n",
        stderr);
    return 2;
  } catch (const std::system_error& e) {
    std::fprintf(stderr, "fork: %s\n", e.what());
    return 1;
  }
}
