// Two pipes per worker, poll() in the caller, death by end of file. One file, C style.
#include "pool.hpp"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <functional>
#include <iostream>
#include <list>
#include <system_error>
#include <vector>

namespace pool {

using std::string;

struct Item {
  Task task;
  std::shared_ptr<State> state;
};

struct Child {
  pid_t pid = -1;
  int to = -1;
  int from = -1;
  bool busy = false;
  bool begun = false;
  Item item;
  string out;
  string in;
};

struct Pool::Core {
  size_t size = 0;
  bool closed = false;
  bool ended = false;
  std::vector<Child> children;
  std::list<Item> queue;
};

struct State {
  std::function<void()> look;
  std::function<void(int64_t)> sleep;
  char kind = 0;  // 'r' result, 'x' exception, 'l' lost
  string bytes;
};

namespace {

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

bool read_all(int fd, void *p, size_t n) {
  char *c = (char *)p;
  while (n > 0) {
    ssize_t r = read(fd, c, n);
    if (r < 0 && errno == EINTR) continue;
    if (r <= 0) return false;
    c += r;
    n -= r;
  }
  return true;
}

void write_all(int fd, const void *p, size_t n) {
  const char *c = (const char *)p;
  while (n > 0) {
    ssize_t w = write(fd, c, n);
    if (w < 0 && errno == EINTR) continue;
    if (w < 0) _exit(1);
    c += w;
    n -= w;
  }
}

void work(int in, int out) {
  for (;;) {
    string (*call)(std::string_view);
    size_t n;
    if (!read_all(in, &call, sizeof call) || !read_all(in, &n, sizeof n)) _exit(0);
    string arguments(n, 0);
    if (!read_all(in, arguments.data(), n)) _exit(0);
    write_all(out, "b", 1);
    char kind = 'r';
    string result;
    try {
      result = call(arguments);
    } catch (std::exception &e) {
      kind = 'x';
      result = e.what();
    } catch (...) {
      kind = 'x';
      result = "unknown exception";
    }
    std::cout.flush();
    fflush(NULL);
    n = result.size();
    string message(1, kind);
    message.append((char *)&n, sizeof n);
    message += result;
    write_all(out, message.data(), message.size());
  }
}

void close_fd(int &fd) {
  if (fd >= 0) close(fd);
  fd = -1;
}

void reap(pid_t pid) {
  while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
    ;
}

}  // namespace

struct Ops {
  using Core = Pool::Core;

  static void hire(Core &core) {
    int a[2], b[2];
    if (pipe2(a, O_CLOEXEC) < 0) throw std::system_error(errno, std::generic_category(), "pipe");
    if (pipe2(b, O_CLOEXEC) < 0) {
      int e = errno;
      close(a[0]);
      close(a[1]);
      throw std::system_error(e, std::generic_category(), "pipe");
    }
    std::cout.flush();
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
      for (Child &c : core.children) {
        close_fd(c.to);
        close_fd(c.from);
      }
      core.children.clear();  // exit() in a task must not end our siblings
      close(a[1]);
      close(b[0]);
      work(a[0], b[1]);
    }
    int e = errno;
    close(a[0]);
    close(b[1]);
    if (pid < 0) {
      close(a[1]);
      close(b[0]);
      throw std::system_error(e, std::generic_category(), "fork");
    }
    fcntl(a[1], F_SETFL, O_NONBLOCK);
    fcntl(b[0], F_SETFL, O_NONBLOCK);
    Child c;
    c.pid = pid;
    c.to = a[1];
    c.from = b[0];
    core.children.push_back(std::move(c));
  }

  static void send(Child &c) {
    struct sigaction ignore = {}, old;
    ignore.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &ignore, &old);
    while (!c.out.empty()) {
      ssize_t w = write(c.to, c.out.data(), c.out.size());
      if (w < 0 && errno == EINTR) continue;
      if (w < 0) break;
      c.out.erase(0, w);
    }
    sigaction(SIGPIPE, &old, NULL);
  }

  // false: end of file
  static bool receive(Child &c) {
    for (;;) {
      static char buffer[65536];
      ssize_t r = read(c.from, buffer, sizeof buffer);
      if (r < 0 && errno == EINTR) continue;
      if (r < 0) return true;
      if (r == 0) return false;
      c.in.append(buffer, r);
      if (!c.begun && !c.in.empty()) {
        c.begun = true;
        c.item.task.arguments.clear();
        c.item.task.arguments.shrink_to_fit();
        c.in.erase(0, 1);
      }
      size_t n;
      if (c.in.size() < 1 + sizeof n) continue;
      memcpy(&n, c.in.data() + 1, sizeof n);
      if (c.in.size() < 1 + sizeof n + n) continue;
      c.item.state->kind = c.in[0];
      c.item.state->bytes = c.in.substr(1 + sizeof n);
      c.item = Item();
      c.busy = c.begun = false;
      string().swap(c.in);
    }
  }

  static void look(Core &core) {
    if (core.ended) return;
    std::vector<Child> living;
    int dead = 0;
    for (Child &c : core.children) {
      send(c);
      if (receive(c)) {
        living.push_back(std::move(c));
        continue;
      }
      dead++;
      close_fd(c.to);
      close_fd(c.from);
      reap(c.pid);
      if (c.busy && c.begun) {
        c.item.state->kind = 'l';
      } else if (c.busy) {
        core.queue.push_front(c.item);
      }
    }
    core.children.swap(living);
    while (core.children.size() < core.size) hire(core);
    for (Child &c : core.children) {
      if (c.busy || core.queue.empty()) continue;
      c.item = std::move(core.queue.front());
      core.queue.pop_front();
      c.busy = true;
      size_t n = c.item.task.arguments.size();
      c.out.assign((char *)&c.item.task.call, sizeof c.item.task.call);
      c.out.append((char *)&n, sizeof n);
      c.out += c.item.task.arguments;
      send(c);
    }
  }

  static void sleep(Core &core, int64_t until) {
    std::vector<pollfd> fds;
    for (Child &c : core.children) {
      fds.push_back({c.from, POLLIN, 0});
      if (!c.out.empty()) fds.push_back({c.to, POLLOUT, 0});
    }
    int64_t left = until - now();
    if (left < 0) left = 0;
    timespec t = {(time_t)(left / 1000000000), (long)(left % 1000000000)};
    ppoll(fds.data(), fds.size(), until < 0 ? NULL : &t, NULL);
    look(core);
  }

  static void end(Core &core) {
    core.closed = core.ended = true;
    for (Child &c : core.children) kill(c.pid, SIGKILL);
    for (Child &c : core.children) {
      reap(c.pid);
      close_fd(c.to);
      close_fd(c.from);
      if (c.busy) c.item.state->kind = 'l';
    }
    for (Item &i : core.queue) i.state->kind = 'l';
    core.children.clear();
    core.queue.clear();
  }
};

string Wait(State &state, std::optional<std::chrono::nanoseconds> timeout) {
  int64_t until = timeout ? now() + std::max<int64_t>(timeout->count(), 0) : -1;
  state.look();
  while (!state.kind) {
    if (timeout && now() >= until) throw Timeout("not done");
    state.sleep(until);
  }
  if (state.kind == 'x') throw TaskFailed(state.bytes);
  if (state.kind == 'l') throw WorkerLost("lost");
  return state.bytes;
}

bool IsReady(State &state) {
  state.look();
  return state.kind != 0;
}

static int cpus() {
  cpu_set_t set;
  sched_getaffinity(0, sizeof set, &set);
  return CPU_COUNT(&set);
}

Pool::Pool() : Pool(cpus()) {}

Pool::Pool(int workers) : core(std::make_shared<Core>()) {
  if (workers < 1) throw std::invalid_argument("workers");
  core->size = workers;
  try {
    for (int i = 0; i < workers; i++) Ops::hire(*core);
  } catch (...) {
    Ops::end(*core);
    throw;
  }
}

Pool::~Pool() { Ops::end(*core); }

std::shared_ptr<State> Pool::submit(Task task) {
  if (core->closed) throw Closed("closed");
  auto state = std::make_shared<State>();
  std::weak_ptr<Core> weak = core;
  state->look = [weak] {
    if (auto c = weak.lock()) Ops::look(*c);
  };
  state->sleep = [weak](int64_t until) {
    if (auto c = weak.lock()) Ops::sleep(*c, until);
  };
  core->queue.push_back({std::move(task), state});
  Ops::look(*core);
  return state;
}

void Pool::close() { core->closed = true; }

void Pool::join() {
  if (!core->closed) throw std::logic_error("not closed");
  Ops::look(*core);
  for (;;) {
    bool busy = !core->queue.empty();
    for (Child &c : core->children) busy = busy || c.busy;
    if (!busy) break;
    Ops::sleep(*core, -1);
  }
  core->ended = true;
  for (Child &c : core->children) close_fd(c.to);
  for (Child &c : core->children) {
    reap(c.pid);
    close_fd(c.from);
  }
  core->children.clear();
}

void Pool::terminate() { Ops::end(*core); }

}  // namespace pool
