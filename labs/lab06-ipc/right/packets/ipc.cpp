// Pipe: SOCK_SEQPACKET; long messages travel as a memfd in a single packet, so there never is half a message.
// Queue: a ring in shared memory, a robust mutex, and two eventfds to sleep on.
#include "ipc.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace ipc {
namespace {
using namespace std::chrono;
constexpr int kRead = 1, kWrite = 2;
constexpr std::size_t kLongest = 16 * 1024 * 1024, kInline = 16 * 1024;

template <class F>
auto Retry(const char* name, F f) {
  for (;;) {
    auto r = f();
    if (r != -1) return r;
    if (errno != EINTR) throw std::system_error(errno, std::system_category(), name);
  }
}

bool WaitReadable(int fd, std::optional<steady_clock::time_point> until) {
  for (;;) {
    pollfd p{.fd = fd, .events = POLLIN, .revents = 0};
    timespec ts{};
    if (until) {
      auto left = duration_cast<nanoseconds>(*until - steady_clock::now());
      if (left.count() > 0) {
        ts.tv_sec = duration_cast<seconds>(left).count();
        ts.tv_nsec = (left % 1s).count();
      }
    }
    const int n = ::ppoll(&p, 1, until ? &ts : nullptr, nullptr);
    if (n > 0) return true;
    if (n == -1 && errno != EINTR) throw std::system_error(errno, std::system_category(), "ppoll");
    if (until && steady_clock::now() >= *until) return false;
  }
}
}  // namespace

Connection::Connection(Connection&& other) noexcept = default;
Connection& Connection::operator=(Connection&& other) noexcept = default;
Connection::~Connection() = default;
void Connection::close() { fd_.reset(); }

void Connection::send(std::span<const std::byte> message) {
  if (!fd_) throw Closed("send on a closed connection");
  if (!(allowed_ & kWrite)) throw std::logic_error("send on the receiving end");
  if (message.size() > kLongest) throw std::length_error("message over 16 MiB");
  char kind = message.size() > kInline ? 'F' : 'I';
  std::array<iovec, 2> iov{{{&kind, 1}, {const_cast<std::byte*>(message.data()), message.size()}}};
  msghdr m{};
  m.msg_iov = iov.data();
  m.msg_iovlen = 2;
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  Fd file;
  if (kind == 'F') {
    file = Fd(Retry("memfd_create", [] { return ::memfd_create("message", MFD_CLOEXEC); }));
    for (std::size_t done = 0; done < message.size();) {
      done += static_cast<std::size_t>(
          Retry("write", [&] { return ::write(file.get(), message.data() + done, message.size() - done); }));
    }
    m.msg_iovlen = 1;
    m.msg_control = control;
    m.msg_controllen = sizeof control;
    cmsghdr* c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof(int));
    const int raw = file.get();
    std::memcpy(CMSG_DATA(c), &raw, sizeof raw);
  }
  try {
    Retry("sendmsg", [&] { return ::sendmsg(fd_.get(), &m, MSG_NOSIGNAL); });
  } catch (const std::system_error& e) {
    if (e.code().value() == EPIPE || e.code().value() == ECONNRESET) throw Disconnected("nobody receives");
    throw;
  }
}

Bytes Connection::recv() {
  if (!fd_) throw Closed("recv on a closed connection");
  if (!(allowed_ & kRead)) throw std::logic_error("recv on the sending end");
  Bytes message(kInline);
  char kind = 0;
  std::array<iovec, 2> iov{{{&kind, 1}, {message.data(), message.size()}}};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr m{};
  ssize_t n = 0;
  for (;;) {
    m.msg_iov = iov.data();
    m.msg_iovlen = 2;
    m.msg_control = control;
    m.msg_controllen = sizeof control;
    try {
      n = Retry("recvmsg", [&] { return ::recvmsg(fd_.get(), &m, MSG_CMSG_CLOEXEC); });
      break;
    } catch (const std::system_error& e) {
      if (e.code().value() != ECONNRESET) throw;  // the other end left something unread: said once, before its data
    }
  }
  if (n == 0) throw Disconnected("end of the stream");
  if (kind == 'I') {
    message.resize(static_cast<std::size_t>(n - 1));
    return message;
  }
  int raw = -1;
  cmsghdr* c = CMSG_FIRSTHDR(&m);
  if (!c) throw std::runtime_error("recv: no descriptor left for the message");
  std::memcpy(&raw, CMSG_DATA(c), sizeof raw);
  Fd file(raw);
  struct stat st {};
  Retry("fstat", [&] { return ::fstat(file.get(), &st); });
  message.resize(static_cast<std::size_t>(st.st_size));
  for (std::size_t done = 0; done < message.size();) {
    done += static_cast<std::size_t>(Retry("pread", [&] {
      return ::pread(file.get(), message.data() + done, message.size() - done, static_cast<off_t>(done));
    }));
  }
  return message;
}

bool Connection::poll(nanoseconds timeout) {
  if (!fd_) throw Closed("poll on a closed connection");
  if (!(allowed_ & kRead)) throw std::logic_error("poll on the sending end");
  return WaitReadable(fd_.get(), steady_clock::now() + timeout);
}

std::pair<Connection, Connection> Pipe(bool duplex) {
  int s[2];
  Retry("socketpair", [&] { return ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, s); });
  Fd a(s[0]), b(s[1]);
  return {Connection(std::move(a), duplex ? kRead | kWrite : kRead),
          Connection(std::move(b), duplex ? kRead | kWrite : kWrite)};
}

struct Queue::State {
  pthread_mutex_t mutex;
  unsigned long first, last;  // numbers of the oldest message, and of the one to come
  int maxsize;
  struct {
    std::size_t size;
    std::byte bytes[kMaxMessage];
  } ring[kMaxSize];
};

namespace {
class Held {
 public:
  explicit Held(pthread_mutex_t& m) : m_(m) {
    int e = pthread_mutex_lock(&m_);
    if (e == EOWNERDEAD) e = pthread_mutex_consistent(&m_);
    if (e) throw std::system_error(e, std::system_category(), "pthread_mutex_lock");
  }
  ~Held() { pthread_mutex_unlock(&m_); }
  Held(const Held&) = delete;

 private:
  pthread_mutex_t& m_;
};
void Raise(int fd) {
  Retry("eventfd_write", [&] { return ::eventfd_write(fd, 1); });
}
void Lower(int fd) {
  eventfd_t v;
  if (::eventfd_read(fd, &v) == -1 && errno != EAGAIN && errno != EINTR)
    throw std::system_error(errno, std::system_category(), "eventfd_read");
}
template <class Try, class Error>
void UntilDone(bool block, std::optional<nanoseconds> timeout, int fd, Try attempt, Error error) {
  std::optional<steady_clock::time_point> until;
  if (!block)
    until = steady_clock::now();
  else if (timeout)
    until = steady_clock::now() + *timeout;
  while (!attempt()) {
    if (until && steady_clock::now() >= *until) throw error;
    WaitReadable(fd, until);
  }
}
}  // namespace

Queue::Queue(int maxsize) : state_(nullptr, nullptr) {
  if (maxsize < 0 || maxsize > kMaxSize) throw std::invalid_argument("Queue: maxsize");
  items_ = Fd(Retry("eventfd", [] { return ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }));
  room_ = Fd(Retry("eventfd", [] { return ::eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK); }));
  void* p = ::mmap(nullptr, sizeof(State), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (p == MAP_FAILED) throw std::system_error(errno, std::system_category(), "mmap");
  state_ = {new (p) State, [](State* s) { ::munmap(s, sizeof(State)); }};
  state_->first = state_->last = 0;
  state_->maxsize = maxsize ? maxsize : kMaxSize;
  pthread_mutexattr_t attr;
  pthread_mutexattr_init(&attr);
  pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&state_->mutex, &attr);
  pthread_mutexattr_destroy(&attr);
}
Queue::~Queue() = default;
Queue::State& Queue::state() const {
  if (!state_) throw Closed("queue is closed");
  return *state_;
}
void Queue::put(std::span<const std::byte> message, bool block, std::optional<nanoseconds> timeout) {
  State& s = state();
  if (message.size() > kMaxMessage) throw std::length_error("Queue: message too long");
  UntilDone(
      block, timeout, room_.get(),
      [&] {
        Held held(s.mutex);
        if (s.last - s.first == static_cast<unsigned long>(s.maxsize)) {
          Lower(room_.get());
          return false;
        }
        auto& slot = s.ring[s.last % kMaxSize];
        slot.size = message.size();
        std::copy(message.begin(), message.end(), slot.bytes);
        Raise(items_.get());  // before it is true: dying in between only wakes somebody for nothing
        std::atomic_ref(s.last).store(s.last + 1);
        return true;
      },
      Full("queue is full"));
}
Bytes Queue::get(bool block, std::optional<nanoseconds> timeout) {
  State& s = state();
  Bytes message;
  UntilDone(
      block, timeout, items_.get(),
      [&] {
        Held held(s.mutex);
        if (s.last == s.first) {
          Lower(items_.get());
          return false;
        }
        auto& slot = s.ring[s.first % kMaxSize];
        message.assign(slot.bytes, slot.bytes + slot.size);
        Raise(room_.get());
        std::atomic_ref(s.first).store(s.first + 1);
        return true;
      },
      Empty("queue is empty"));
  return message;
}
int Queue::qsize() const {
  State& s = state();
  Held held(s.mutex);
  return static_cast<int>(s.last - s.first);
}
bool Queue::empty() const { return qsize() == 0; }
bool Queue::full() const { return qsize() == state().maxsize; }
void Queue::close() {
  state_.reset();
  items_.reset();
  room_.reset();
}
}  // namespace ipc
