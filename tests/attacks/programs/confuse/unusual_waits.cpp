// Waits in ways that few know, each of which ends by itself: no deadlock.
// gets: all
#include <linux/aio_abi.h>
#include <linux/futex.h>
#include <mqueue.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/sem.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>

#include "attack.h"

static const timespec kSoon = {0, 300'000'000};

static timespec SoonAbsolute(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  now.tv_nsec += 300'000'000;
  if (now.tv_nsec >= 1'000'000'000) ++now.tv_sec, now.tv_nsec -= 1'000'000'000;
  return now;
}

static void InCallsWithTimes() {
  const int watcher = epoll_create1(0);
  epoll_event event;
  syscall(441 /* epoll_pwait2 */, watcher, &event, 1, &kSoon, nullptr, 0);
  close(watcher);

  uint32_t word = 0;
  struct {
    uint64_t value;
    uint64_t address;
    uint32_t flags;
    uint32_t reserved;
  } waiter = {0, reinterpret_cast<uint64_t>(&word), 2 /* FUTEX_32 */, 0};
  const timespec at = SoonAbsolute(CLOCK_MONOTONIC);
  syscall(449 /* futex_waitv */, &waiter, 1, 0, &at, CLOCK_MONOTONIC);
  syscall(455 /* futex_wait */, &word, 0UL, 0xffffffffUL, 2, &at, CLOCK_MONOTONIC);

  int pair[2];
  Quietly(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  const timeval soon = {0, 300'000};
  char byte;
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
  Quietly(recv(pair[0], &byte, 1, 0));
  Quietly(read(pair[0], &byte, 1));
  close(pair[0]);
  close(pair[1]);

  aio_context_t context = 0;
  if (syscall(SYS_io_setup, 8, &context) == 0) {
    io_event done;
    timespec wait = kSoon;
    syscall(SYS_io_getevents, context, 1, 1, &done, &wait);
    syscall(SYS_io_destroy, context);
  }

  sigset_t one;
  sigemptyset(&one);
  sigaddset(&one, SIGUSR1);
  sigprocmask(SIG_BLOCK, &one, nullptr);
  sigtimedwait(&one, nullptr, &kSoon);

  const int semaphores = semget(IPC_PRIVATE, 1, 0600);
  sembuf take = {0, -1, 0};
  semtimedop(semaphores, &take, 1, &kSoon);
  semctl(semaphores, 0, IPC_RMID);
}

static void ForWhatTheKernelSends() {
  const int timer = timerfd_create(CLOCK_MONOTONIC, 0);
  const itimerspec once = {{0, 0}, kSoon};
  timerfd_settime(timer, 0, &once, nullptr);
  uint64_t times;
  Quietly(read(timer, &times, sizeof times));
  close(timer);

  // A timer's signal for this thread, taken by sigwait.
  sigset_t two;
  sigemptyset(&two);
  sigaddset(&two, SIGUSR2);
  sigprocmask(SIG_BLOCK, &two, nullptr);
  sigevent notice = {};
  notice.sigev_notify = SIGEV_SIGNAL;
  notice.sigev_signo = SIGUSR2;
  timer_t posix;
  timer_create(CLOCK_REALTIME, &notice, &posix);
  timer_settime(posix, 0, &once, nullptr);
  int got;
  sigwait(&two, &got);
  timer_delete(posix);
}

// The parent's death as a signal, on which a grandchild waits.
static void ForADeath() {
  int ends[2];
  Quietly(pipe(ends));
  const pid_t child = fork();
  if (child == 0) {
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      for (;;) pause();
    }
    nanosleep(&kSoon, nullptr);
    _exit(0);
  }
  close(ends[1]);
  char byte;
  Quietly(read(ends[0], &byte, 1));  // ends when nobody holds the other end
  close(ends[0]);
  waitpid(child, nullptr, 0);
}

int main() {
  InCallsWithTimes();
  ForWhatTheKernelSends();
  ForADeath();
  Work();
}
