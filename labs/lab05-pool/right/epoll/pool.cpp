// Packets over a socketpair per worker, and epoll. A packet is small: the bytes of a task or of a result lie in a memfd,
// which goes along with it.
#include "pool.hpp"

#include <sched.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <deque>
#include <iostream>
#include <map>
#include <system_error>

namespace pool {

struct State {
  std::weak_ptr<Engine> engine;
  bool settled = false;
  std::exception_ptr failure;
  std::string bytes;
};

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void Raise(const char* call) { throw std::system_error(errno, std::system_category(), call); }

struct Packet {
  char kind = 0;  // task: 't'; begun: 'b'; result: 'r'; exception: 'x'
  std::string (*call)(std::string_view) = nullptr;
  std::size_t size = 0;
};

// A memfd with these bytes; -1 with errno set.
int Store(const std::string& bytes) {
  const int memory = memfd_create("pool", MFD_CLOEXEC);
  for (std::size_t done = 0; memory >= 0 && done < bytes.size();) {
    const ssize_t count = pwrite(memory, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
    if (count > 0) done += static_cast<std::size_t>(count);
    if (count < 0 && errno != EINTR) {
      close(memory);
      return -1;
    }
  }
  return memory;
}

std::string Load(int memory, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t done = 0; done < size;) {
    const ssize_t count = pread(memory, bytes.data() + done, size - done, static_cast<off_t>(done));
    if (count > 0) done += static_cast<std::size_t>(count);
    if (count == 0 || (count < 0 && errno != EINTR)) break;
  }
  return bytes;
}

bool Send(int socket, const Packet& packet, int memory) {
  iovec part{const_cast<Packet*>(&packet), sizeof packet};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (memory >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* const head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    std::copy_n(reinterpret_cast<const char*>(&memory), sizeof memory, CMSG_DATA(head));
  }
  ssize_t count = 0;
  do count = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (count < 0 && errno == EINTR);
  return count > 0;
}

// 1: a packet came; 0: the end; -1: none yet.
int Receive(int socket, Packet& packet, int& memory, int flags) {
  iovec part{&packet, sizeof packet};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  ssize_t count = 0;
  do count = recvmsg(socket, &message, flags | MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  memory = -1;
  const cmsghdr* const head = count > 0 ? CMSG_FIRSTHDR(&message) : nullptr;
  if (head != nullptr) std::copy_n(CMSG_DATA(head), sizeof memory, reinterpret_cast<unsigned char*>(&memory));
  if (count < 0) return errno == EAGAIN ? -1 : 0;
  return count > 0 ? 1 : 0;
}

void Flush() {
  std::cout << std::flush;
  fflush(nullptr);
}

[[noreturn]] void Serve(int socket) {
  Packet packet;
  int memory = -1;
  while (Receive(socket, packet, memory, 0) == 1) {
    const std::string arguments = Load(memory, packet.size);
    close(memory);
    Send(socket, {'b', nullptr, 0}, -1);
    Packet answer{'r', nullptr, 0};
    std::string bytes;
    try {
      bytes = packet.call(arguments);
    } catch (const std::exception& error) {
      answer.kind = 'x';
      bytes = error.what();
    } catch (...) {
      answer.kind = 'x';
      bytes = "unknown exception";
    }
    Flush();
    answer.size = bytes.size();
    const int result = Store(bytes);
    if (!Send(socket, answer, result)) break;
    close(result);
  }
  _exit(0);
}

}  // namespace

struct Job {
  Task task;
  std::shared_ptr<State> state;
};

struct Engine {
  struct Hand {
    int socket = -1;
    bool begun = false;
    std::optional<Job> job;
  };

  explicit Engine(int workers) : wanted(static_cast<std::size_t>(workers)) {
    set = epoll_create1(EPOLL_CLOEXEC);
    if (set < 0) Raise("epoll_create1");
    try {
      while (hands.size() < wanted) Fork();
    } catch (...) {
      End();
      close(set);
      throw;
    }
  }
  ~Engine() { close(set); }

  void Fork() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) Raise("socketpair");
    Flush();
    const pid_t pid = fork();
    if (pid == 0) {
      close(ends[0]);
      for (auto& [sibling, hand] : hands) close(hand.socket);
      hands.clear();
      close(set);
      Serve(ends[1]);
    }
    const int error = errno;
    close(ends[1]);
    if (pid < 0) {
      close(ends[0]);
      errno = error;
      Raise("fork");
    }
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = ends[0];
    hands[pid].socket = ends[0];
    if (epoll_ctl(set, EPOLL_CTL_ADD, ends[0], &event) != 0) Raise("epoll_ctl");
  }

  // False when the worker has gone.
  bool Read(Hand& hand) {
    for (;;) {
      Packet packet;
      int memory = -1;
      const int came = Receive(hand.socket, packet, memory, MSG_DONTWAIT);
      if (came <= 0) return came < 0;
      if (packet.kind == 'b') {
        hand.begun = true;
        hand.job->task.arguments = {};
        continue;
      }
      std::string bytes = Load(memory, packet.size);
      close(memory);
      State& state = *hand.job->state;
      state.settled = true;
      if (packet.kind == 'x') {
        state.failure = std::make_exception_ptr(TaskFailed(bytes));
      } else {
        state.bytes = std::move(bytes);
      }
      hand.job.reset();
      hand.begun = false;
    }
  }

  static void Lose(Job& job) {
    job.state->settled = true;
    job.state->failure = std::make_exception_ptr(WorkerLost("the worker was lost"));
  }

  static void Reap(pid_t pid) {
    siginfo_t info;
    while (waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED) != 0 && errno == EINTR) continue;
  }

  void Look() {
    for (auto at = hands.begin(); at != hands.end();) {
      auto& [pid, hand] = *at;
      if (Read(hand)) {
        ++at;
        continue;
      }
      close(hand.socket);
      kill(pid, SIGKILL);  // if it has only closed its socket
      Reap(pid);
      if (hand.job && hand.begun) {
        Lose(*hand.job);
      } else if (hand.job) {
        queue.push_front(std::move(*hand.job));
      }
      at = hands.erase(at);
    }
    while (hands.size() < wanted) Fork();
    for (auto& [pid, hand] : hands) {
      if (queue.empty()) break;
      if (hand.job) continue;
      hand.job = std::move(queue.front());
      queue.pop_front();
      const Task& task = hand.job->task;
      const int memory = Store(task.arguments);
      if (memory < 0) Raise("memfd_create");
      Send(hand.socket, {'t', task.call, task.arguments.size()}, memory);
      close(memory);
    }
  }

  // How long poll may sleep: rounded up, and at most for half a minute; whoever waits longer comes back.
  static int Milliseconds(const std::optional<Clock::time_point>& deadline) {
    if (!deadline) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - Clock::now()).count();
    return static_cast<int>(std::clamp<long>(left, 0, 30'000));
  }

  void Sleep(const std::optional<Clock::time_point>& deadline) {
    epoll_event event{};
    epoll_wait(set, &event, 1, Milliseconds(deadline));
    Look();
  }

  bool Busy() const {
    return !queue.empty() || std::any_of(hands.begin(), hands.end(), [](auto& one) { return one.second.job.has_value(); });
  }

  void End() {
    closed = true;
    wanted = 0;
    for (auto& [pid, hand] : hands) kill(pid, SIGKILL);
    for (auto& [pid, hand] : hands) {
      Reap(pid);
      close(hand.socket);
      if (hand.job) Lose(*hand.job);
    }
    hands.clear();
    for (Job& job : queue) Lose(job);
    queue.clear();
  }

  std::size_t wanted;
  bool closed = false;
  int set = -1;
  std::map<pid_t, Hand> hands;
  std::deque<Job> queue;
};

std::string Wait(State& state, std::optional<std::chrono::nanoseconds> timeout) {
  std::optional<Clock::time_point> deadline;
  if (timeout) deadline = Clock::now() + *timeout;
  const auto engine = state.engine.lock();
  if (engine) engine->Look();
  while (!state.settled) {
    if (deadline && *deadline <= Clock::now()) throw Timeout("timed out");
    engine->Sleep(deadline);
  }
  if (state.failure) std::rethrow_exception(state.failure);
  return state.bytes;
}

bool IsReady(State& state) {
  if (const auto engine = state.engine.lock()) engine->Look();
  return state.settled;
}

static int CpuCount() {
  cpu_set_t mask;
  sched_getaffinity(0, sizeof mask, &mask);
  return CPU_COUNT(&mask);
}

Pool::Pool() : Pool(CpuCount()) {}
Pool::Pool(int workers) {
  if (workers <= 0) throw std::invalid_argument("how many workers?");
  engine_ = std::make_shared<Engine>(workers);
}
Pool::~Pool() { engine_->End(); }

std::shared_ptr<State> Pool::submit(Task task) {
  if (engine_->closed) throw Closed("closed");
  auto state = std::make_shared<State>();
  state->engine = engine_;
  engine_->queue.push_back({std::move(task), state});
  engine_->Look();
  return state;
}

void Pool::close() { engine_->closed = true; }
void Pool::terminate() { engine_->End(); }

void Pool::join() {
  if (!engine_->closed) throw std::logic_error("close() first");
  engine_->Look();
  while (engine_->Busy()) engine_->Sleep(std::nullopt);
  engine_->wanted = 0;
  for (auto& [pid, hand] : engine_->hands) shutdown(hand.socket, SHUT_RDWR);
  for (auto& [pid, hand] : engine_->hands) {
    Engine::Reap(pid);
    ::close(hand.socket);
  }
  engine_->hands.clear();
}

}  // namespace pool
