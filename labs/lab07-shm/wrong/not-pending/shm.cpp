// A lock on the kernel's list of robust futexes (set_robust_list(2)), and a counter to sleep on.
#include "shm.hpp"

#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <new>
#include <system_error>

namespace shm {

using Word = std::atomic<std::uint32_t>;

struct FutexLock {
  robust_list node;  // used by the holder alone
  Word word;
};

struct FutexSemaphore {
  Word count;
  Word waiters;  // never too low; those who died waiting stay counted
};

namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

long futex(Word& word, int operation, std::uint32_t value, const timespec* until = nullptr) {
  return syscall(SYS_futex, &word, operation, value, until, nullptr, FUTEX_BITSET_MATCH_ANY);
}

void sleep_on(Word& word, std::uint32_t value) {
  if (futex(word, FUTEX_WAIT_BITSET, value) == -1 && errno != EAGAIN && errno != EINTR) fail("futex");
}

// What the kernel looks through when this process dies. fork gives the child none, so it is made anew.
robust_list_head held;
pid_t registered = 0;

void register_list() {
  if (registered == getpid()) return;
  held.list.next = &held.list;
  held.futex_offset = offsetof(FutexLock, word) - offsetof(FutexLock, node);
  held.list_op_pending = nullptr;
  if (syscall(SYS_set_robust_list, &held, sizeof held) == -1) fail("set_robust_list");
  registered = getpid();
}

void push(FutexLock& lock) {
  lock.node.next = held.list.next;
  std::atomic_signal_fence(std::memory_order_seq_cst);
  held.list.next = &lock.node;
}

void remove(FutexLock& lock) {
  for (robust_list* at = &held.list; at->next != &held.list; at = at->next) {
    if (at->next != &lock.node) continue;
    at->next = lock.node.next;
    return;
  }
}

// Takes it if nobody has it, or a dead one.
bool take(FutexLock& lock, std::uint32_t waiters) {
  std::uint32_t word = lock.word.load();
  while ((word & FUTEX_TID_MASK) == 0) {
    const auto mine = static_cast<std::uint32_t>(getpid()) | (word & FUTEX_WAITERS) | waiters;
    if (!lock.word.compare_exchange_weak(word, mine)) continue;
    push(lock);
    return true;
  }
  return false;
}

}  // namespace

SharedPages::SharedPages(std::size_t bytes) : bytes_(bytes) {
  start_ = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (start_ == MAP_FAILED) fail("mmap");
}
SharedPages::~SharedPages() { munmap(start_, bytes_); }

Lock::Lock() : pages_(sizeof(FutexLock)), state_(new (pages_.start()) FutexLock{}) {}
Lock::~Lock() = default;

void Lock::lock() {
  register_list();
  std::uint32_t waiters = 0;
  while (!take(*state_, waiters)) {
    std::uint32_t word = state_->word.load();
    if ((word & FUTEX_TID_MASK) == 0) continue;
    if ((word & FUTEX_WAITERS) == 0 && !state_->word.compare_exchange_strong(word, word | FUTEX_WAITERS)) continue;
    sleep_on(state_->word, word | FUTEX_WAITERS);
    waiters = FUTEX_WAITERS;  // there may be more than me
  }
}

bool Lock::try_lock() {
  register_list();
  return take(*state_, 0);
}

void Lock::unlock() {
  if ((state_->word.load() & FUTEX_TID_MASK) != static_cast<std::uint32_t>(getpid())) {
    throw std::logic_error("unlock: not the holder");
  }
  register_list();
  remove(*state_);
  if ((state_->word.exchange(0) & FUTEX_WAITERS) != 0) futex(state_->word, FUTEX_WAKE, 1);
}

Semaphore::Semaphore(int initial) : pages_(sizeof(FutexSemaphore)), state_(new (pages_.start()) FutexSemaphore{}) {
  if (initial < 0) throw std::invalid_argument("Semaphore: initial is negative");
  state_->count = static_cast<std::uint32_t>(initial);
}
Semaphore::~Semaphore() = default;

static bool take_one(FutexSemaphore& state) {
  std::uint32_t count = state.count.load();
  while (count > 0) {
    if (state.count.compare_exchange_weak(count, count - 1)) return true;
  }
  return false;
}

void Semaphore::acquire() {
  while (!take_one(*state_)) {
    ++state_->waiters;
    sleep_on(state_->count, 0);
    --state_->waiters;
  }
}

bool Semaphore::acquire(std::chrono::nanoseconds timeout) {
  if (take_one(*state_)) return true;
  if (timeout.count() <= 0) return false;
  timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_sec += timeout.count() / 1'000'000'000;
  until.tv_nsec += timeout.count() % 1'000'000'000;
  if (until.tv_nsec >= 1'000'000'000) {
    until.tv_nsec -= 1'000'000'000;
    ++until.tv_sec;
  }
  for (;;) {
    ++state_->waiters;
    const bool over = futex(state_->count, FUTEX_WAIT_BITSET, 0, &until) == -1 && errno == ETIMEDOUT;
    --state_->waiters;
    if (take_one(*state_)) return true;
    if (over) return false;
  }
}

void Semaphore::release() {
  ++state_->count;
  if (state_->waiters > 0) futex(state_->count, FUTEX_WAKE, 1);
}

int Semaphore::value() const { return static_cast<int>(state_->count.load()); }

}  // namespace shm
