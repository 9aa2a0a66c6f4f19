// A SIGCHLD handler that writes into a pipe, poll with the time that is left, children that end when chance wants it,
// and lifelines: pipes whose end of file tells that somebody has ended.
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

int wake_up[2];

[[noreturn]] void fatal(const char* call) {
  std::perror(call);
  _exit(1);
}

pid_t spawn(auto&& life) {
  const pid_t pid = fork();
  if (pid == -1) fatal("fork");
  if (pid > 0) return pid;
  _exit(life());
}

void line(const std::string& text) {
  std::cout << text + "\n";
  std::cout.flush();
}

std::array<int, 2> new_pipe() {
  std::array<int, 2> ends;
  if (pipe(ends.data()) == -1) fatal("pipe");
  return ends;
}

void await_end_of_file(int fd) {
  char byte;
  for (;;) {
    const ssize_t n = read(fd, &byte, 1);
    if (n == 0) return;
    if (n == -1 && errno != EINTR) fatal("read");
  }
}

void install_handler() {
  if (pipe2(wake_up, O_NONBLOCK | O_CLOEXEC) == -1) fatal("pipe2");
  struct sigaction action = {};
  action.sa_handler = [](int) {
    const int saved = errno;
    if (write(wake_up[1], "", 1) == -1) errno = saved;  // full: then the reader will wake up anyway
    errno = saved;
  };
  action.sa_flags = SA_RESTART | SA_NOCLDSTOP;
  if (sigaction(SIGCHLD, &action, nullptr) == -1) fatal("sigaction");
}

// A child ends only while it holds the token, and the program puts it back when it has reaped the child.
int waitall(int n) {
  const auto token = new_pipe();
  std::random_device dice;
  for (int code = 1; code <= n; ++code) {
    const auto work = std::chrono::microseconds(dice() % 30'000);
    spawn([&] {
      close(token[1]);
      std::this_thread::sleep_for(work);
      char byte;
      while (read(token[0], &byte, 1) == -1 && errno == EINTR) continue;
      return code;
    });
  }
  for (; n > 0; --n) {
    if (write(token[1], "", 1) != 1) fatal("write");
    int status = 0;
    pid_t pid = 0;
    while ((pid = wait(&status)) == -1) {
      if (errno != EINTR) fatal("wait");
    }
    line(std::to_string(pid) + " " + std::to_string(WEXITSTATUS(status)));
  }
  return 0;
}

int nohang(int n) {
  install_handler();
  const auto start = new_pipe();
  for (int i = 0; i < n; ++i) {
    spawn([&] {
      close(start[1]);
      await_end_of_file(start[0]);
      std::this_thread::sleep_for(i % 2 == 0 ? 35ms : 70ms);
      return 0;
    });
  }
  close(start[1]);
  close(start[0]);
  auto due = steady_clock::now();
  while (n > 0) {
    const auto left = std::chrono::duration_cast<std::chrono::nanoseconds>(due - steady_clock::now());
    const timespec timeout{0, std::max(0L, static_cast<long>(left.count()))};
    pollfd fd{wake_up[0], POLLIN, 0};
    ppoll(&fd, 1, &timeout, nullptr);
    char sink[256];
    while (read(wake_up[0], sink, sizeof sink) > 0) continue;
    while (waitpid(-1, nullptr, WNOHANG) > 0) --n;
    if (n > 0 && steady_clock::now() >= due) {
      line("tick");
      due = std::max(due + 10ms, steady_clock::now());
    }
  }
  return 0;
}

int twolevel() {
  const auto go = new_pipe();
  const auto life = new_pipe();
  const pid_t father = spawn([&] {
    close(life[0]);
    spawn([&] {
      close(go[1]);
      await_end_of_file(go[0]);
      line("worker " + std::to_string(getpid()) + " parent " + std::to_string(getppid()));
      std::this_thread::sleep_for(80ms);
      return 0;
    });
    return 0;
  });
  close(life[1]);
  int status = 0;
  waitpid(father, &status, 0);
  close(go[1]);
  await_end_of_file(life[0]);
  return WEXITSTATUS(status);
}

int ignore(int n) {
  std::signal(SIGCHLD, SIG_IGN);
  const auto life = new_pipe();
  for (int i = 0; i < n; ++i) spawn([] { return 3; });
  close(life[1]);
  await_end_of_file(life[0]);
  while (wait(nullptr) != -1 || errno == EINTR) continue;  // and the last instructions of those who closed it
  line("done");
  return 0;
}

int orphan() {
  const auto told = new_pipe();
  const auto reaped = new_pipe();
  const auto life = new_pipe();
  const pid_t father = spawn([&] {
    spawn([&] {
      close(reaped[1]);
      line("before " + std::to_string(getppid()));
      close(told[1]);
      await_end_of_file(reaped[0]);
      line("after " + std::to_string(getppid()));
      return 0;
    });
    close(told[1]);
    await_end_of_file(told[0]);
    return 0;
  });
  close(told[1]);
  close(life[1]);
  waitpid(father, nullptr, 0);
  close(reaped[1]);
  await_end_of_file(life[0]);
  return 0;
}

int usage() {
  std::cerr << "usage: reap waitall N | nohang N | twolevel | ignore N | orphan\n";
  return 2;
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words == std::vector<std::string>{"twolevel"}) return twolevel();
  if (words == std::vector<std::string>{"orphan"}) return orphan();
  if (words.size() != 2) return usage();
  char* end = nullptr;
  const long n = std::isdigit(static_cast<unsigned char>(words[1][0])) ? std::strtol(words[1].c_str(), &end, 10) : -1;
  if (n < 0 || n > 255 || *end != '\0') return usage();
  if (words[0] == "waitall") return waitall(static_cast<int>(n));
  if (words[0] == "nohang") return nohang(static_cast<int>(n));
  if (words[0] == "ignore") return ignore(static_cast<int>(n));
  return usage();
}
