// Pipe: one pipe(7) for each direction, the length before each message, SIGPIPE blocked while writing. Queue: a ring in
// shared memory behind a robust mutex, and two eventfds as semaphores.
#include "ipc.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstring>
#include <system_error>

namespace ipc {
namespace {

using Nanoseconds = std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kHeader = 8;
constexpr std::size_t kMost = 16 * 1024 * 1024;

[[noreturn]] void Fail(const char* what) { throw std::system_error(errno, std::system_category(), what); }

int MillisecondsUntil(Clock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, INT_MAX));
}

void Give(int& fd) {
  if (fd >= 0) close(fd);
  fd = -1;
}

// Keeps SIGPIPE from this thread, and swallows one that came.
class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~WithoutSigpipe() {
    const timespec now{};
    if (!was_pending_) {
      while (sigtimedwait(&set_, nullptr, &now) == -1 && errno == EINTR) continue;
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t set_;
  sigset_t before_;
  bool was_pending_;
};

void WriteAll(int fd, const void* data, std::size_t size) {
  const char* p = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t n = write(fd, p, size);
    if (n == -1 && errno == EPIPE) throw Disconnected("no reader");
    if (n == -1 && errno != EINTR) Fail("write");
    if (n > 0) {
      p += n;
      size -= static_cast<std::size_t>(n);
    }
  }
}

}  // namespace

std::pair<Connection, Connection> Pipe(bool duplex) {
  int to_first[2];
  int to_second[2] = {-1, -1};
  if (pipe2(to_first, O_CLOEXEC) == -1) Fail("pipe2");
  if (duplex && pipe2(to_second, O_CLOEXEC) == -1) {
    const int error = errno;
    Give(to_first[0]);
    Give(to_first[1]);
    errno = error;
    Fail("pipe2");
  }
  return {Connection(to_first[0], to_second[1]), Connection(to_second[0], to_first[1])};
}

Connection::Connection(Connection&& other) noexcept { *this = std::move(other); }

Connection& Connection::operator=(Connection&& other) noexcept {
  if (this == &other) return *this;
  close();
  in_ = std::exchange(other.in_, -1);
  out_ = std::exchange(other.out_, -1);
  open_ = std::exchange(other.open_, false);
  ended_ = other.ended_;
  partial_.swap(other.partial_);
  return *this;
}

Connection::~Connection() { close(); }

void Connection::close() {
  Give(in_);
  Give(out_);
  open_ = false;
}

void Connection::send(std::span<const std::byte> message) {
  if (!open_) throw Closed("send");
  if (out_ == -1) throw std::logic_error("this end only receives");
  if (message.size() > kMost) throw std::length_error("message too long");
  const WithoutSigpipe guard;
  const std::uint64_t size = message.size();
  WriteAll(out_, &size, kHeader);
  WriteAll(out_, message.data(), message.size());
}

bool Connection::whole() const {
  std::uint64_t size = 0;
  if (partial_.size() < kHeader) return false;
  std::memcpy(&size, partial_.data(), kHeader);
  return partial_.size() == kHeader + size;
}

// Waits, and reads a bit. False if nothing came in time.
bool Connection::more(int timeout) {
  pollfd p{in_, POLLIN, 0};
  const int ready = ::poll(&p, 1, timeout);
  if (ready == 0) return false;
  if (ready == -1) {
    if (errno == EINTR) return true;
    Fail("poll");
  }
  std::uint64_t size = 0;
  if (partial_.size() >= kHeader) std::memcpy(&size, partial_.data(), kHeader);
  const std::size_t wanted = partial_.size() < kHeader ? kHeader - partial_.size() : kHeader + size - partial_.size();
  std::byte buffer[65536];
  const ssize_t n = read(in_, buffer, std::min(wanted, sizeof buffer));
  if (n == -1 && errno != EINTR) Fail("read");
  if (n == 0) ended_ = true;
  if (n > 0) partial_.insert(partial_.end(), buffer, buffer + n);
  return true;
}

Bytes Connection::recv() {
  if (!open_) throw Closed("recv");
  if (in_ == -1) throw std::logic_error("this end only sends");
  while (!whole() && !ended_) more(-1);
  if (!whole()) throw Disconnected("no writer");
  Bytes message(partial_.begin() + kHeader, partial_.end());
  partial_.clear();
  return message;
}

bool Connection::poll(Nanoseconds timeout) {
  if (!open_) throw Closed("poll");
  if (in_ == -1) throw std::logic_error("this end only sends");
  const auto end = Clock::now() + std::max(timeout, Nanoseconds(0));
  while (!whole() && !ended_) {
    if (!more(MillisecondsUntil(end))) return false;
  }
  return true;
}

struct Queue::Ring {
  struct Slot {
    std::uint32_t size;
    std::byte bytes[kMaxMessage];
  };
  pthread_mutex_t mutex;
  int maxsize;
  std::uint32_t first;
  std::uint32_t count;
  Slot slots[kMaxSize];

  void Lock() {
    const int error = pthread_mutex_lock(&mutex);
    if (error == EOWNERDEAD) pthread_mutex_consistent(&mutex);
  }
  void Unlock() { pthread_mutex_unlock(&mutex); }
};

namespace {

// Takes one of an eventfd semaphore. False if there is none in time.
bool Take(int fd, bool block, std::optional<Nanoseconds> timeout) {
  const auto end = Clock::now() + std::max(timeout.value_or(Nanoseconds(0)), Nanoseconds(0));
  for (;;) {
    eventfd_t one = 0;
    if (eventfd_read(fd, &one) == 0) return true;
    if (errno != EAGAIN) Fail("eventfd_read");
    pollfd p{fd, POLLIN, 0};
    const int ready = ::poll(&p, 1, !block ? 0 : timeout ? MillisecondsUntil(end) : -1);
    if (ready == 0) return false;
    if (ready == -1 && errno != EINTR) Fail("poll");
  }
}

}  // namespace

Queue::Queue(int maxsize) {
  if (maxsize < 0 || maxsize > kMaxSize) throw std::invalid_argument("maxsize");
  if (maxsize == 0) maxsize = kMaxSize;
  constexpr int kFlags = EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK;
  items_ = eventfd(0, kFlags);
  room_ = eventfd(static_cast<unsigned>(maxsize), kFlags);
  static int queues = 0;
  const std::string name = "/queue." + std::to_string(getpid()) + '.' + std::to_string(queues++);
  const int file = shm_open(name.c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
  if (file == -1 || ftruncate(file, sizeof(Ring)) == -1) Fail("shm_open");
  void* memory = mmap(nullptr, sizeof(Ring), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  if (items_ == -1 || room_ == -1 || memory == MAP_FAILED) {
    const int error = errno;
    if (memory != MAP_FAILED) munmap(memory, sizeof(Ring));
    Give(items_);
    Give(room_);
    errno = error;
    Fail("Queue");
  }
  ring_ = static_cast<Ring*>(memory);
  ring_->maxsize = maxsize;
  pthread_mutexattr_t shared;
  pthread_mutexattr_init(&shared);
  pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
  pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&ring_->mutex, &shared);
}

Queue::~Queue() { close(); }

void Queue::close() {
  if (ring_ != nullptr) munmap(ring_, sizeof(Ring));
  ring_ = nullptr;
  Give(items_);
  Give(room_);
}

void Queue::put(std::span<const std::byte> message, bool block, std::optional<Nanoseconds> timeout) {
  if (ring_ == nullptr) throw Closed("put");
  if (message.size() > kMaxMessage) throw std::length_error("message too long");
  if (!Take(room_, block, timeout)) throw Full("no room");
  ring_->Lock();
  auto& slot = ring_->slots[(ring_->first + ring_->count) % kMaxSize];
  slot.size = static_cast<std::uint32_t>(message.size());
  std::copy(message.begin(), message.end(), slot.bytes);
  ++ring_->count;
  ring_->Unlock();
  eventfd_write(items_, 1);
}

Bytes Queue::get(bool block, std::optional<Nanoseconds> timeout) {
  if (ring_ == nullptr) throw Closed("get");
  if (!Take(items_, block, timeout)) throw Empty("no message");
  ring_->Lock();
  const auto& slot = ring_->slots[ring_->first % kMaxSize];
  Bytes message(slot.bytes, slot.bytes + slot.size);
  ++ring_->first;
  --ring_->count;
  ring_->Unlock();
  eventfd_write(room_, 1);
  return message;
}

int Queue::qsize() const {
  if (ring_ == nullptr) throw Closed("qsize");
  ring_->Lock();
  const auto count = static_cast<int>(ring_->count);
  ring_->Unlock();
  return count;
}

bool Queue::empty() const { return qsize() == 0; }

bool Queue::full() const {
  const int size = qsize();
  return size == ring_->maxsize;
}

}  // namespace ipc
