// The C way: one poll loop over a signalfd and a timerfd, semaphores in shared memory, waitid.
#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void die(const char* call) {
  perror(call);
  _exit(1);
}

static int usage(void) {
  fprintf(stderr, "usage: reap waitall N | nohang N | twolevel | ignore N | orphan\n");
  return 2;
}

static void say(const char* line, size_t size) {
  if (write(1, line, size) != (ssize_t)size) die("write");
}

static pid_t checked_fork(void) {
  pid_t pid = fork();
  if (pid == -1) die("fork");
  return pid;
}

static void* shared(size_t size) {
  void* memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) die("mmap");
  return memory;
}

static void wait_for(sem_t* sem) {
  while (sem_wait(sem) == -1) {
    if (errno != EINTR) die("sem_wait");
  }
}

static int waitall(int n) {
  sem_t* turns = (sem_t*)shared(256 * sizeof(sem_t));
  int order[256];
  char line[64];
  for (int i = 0; i < n; i++) {
    sem_init(&turns[i], 1, 0);
    order[i] = i;
    if (checked_fork() == 0) {
      wait_for(&turns[i]);
      _exit(i + 1);
    }
  }
  for (int i = n - 1; i > 0; i--) {
    unsigned dice;
    if (getrandom(&dice, sizeof dice, 0) != sizeof dice) die("getrandom");
    int j = (int)(dice % (unsigned)(i + 1)), keep = order[i];
    order[i] = order[j];
    order[j] = keep;
  }
  for (int i = 0; i < n; i++) {
    siginfo_t info;
    sem_post(&turns[order[i]]);
    while (waitid(P_ALL, 0, &info, WEXITED) == -1) {
      if (errno != EINTR) die("waitid");
    }
    say(line, (size_t)snprintf(line, sizeof line, "%d %d\n", info.si_pid, info.si_status));
  }
  return 0;
}

static int bury(void) {
  int count = 0;
  siginfo_t info;
  for (;;) {
    info.si_pid = 0;
    if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG) == -1 || info.si_pid == 0) return count;
    count++;
  }
}

static int nohang(int n) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGCHLD);
  sigprocmask(SIG_BLOCK, &set, NULL);
  sem_t* start = (sem_t*)shared(sizeof(sem_t));
  sem_init(start, 1, 0);
  for (int i = 0; i < n; i++) {
    if (checked_fork() == 0) {
      wait_for(start);
      struct timespec burst = {0, 25000000L * (1 + i % 4)};
      while (nanosleep(&burst, &burst) == -1 && errno == EINTR) continue;
      _exit(0);
    }
  }
  struct pollfd fds[2];
  fds[0].fd = signalfd(-1, &set, SFD_NONBLOCK);
  fds[1].fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  fds[0].events = fds[1].events = POLLIN;
  if (fds[0].fd == -1) die("signalfd");
  if (fds[1].fd == -1) die("timerfd_create");
  struct itimerspec every = {{0, 10000000}, {0, 1}};
  if (timerfd_settime(fds[1].fd, 0, &every, NULL) == -1) die("timerfd_settime");
  for (int i = 0; i < n; i++) sem_post(start);
  while (n > 0) {
    struct signalfd_siginfo info;
    uint64_t times;
    if (poll(fds, 2, -1) == -1 && errno != EINTR) die("poll");
    if (read(fds[1].fd, &times, sizeof times) > 0) say("tick\n", 5);
    if (read(fds[0].fd, &info, sizeof info) > 0) n -= bury();
  }
  close(fds[0].fd);
  close(fds[1].fd);
  return 0;
}

// The program makes itself the one who adopts: so it can wait for its grandchild.
static int twolevel(void) {
  sem_t* adopted = (sem_t*)shared(sizeof(sem_t));
  sem_init(adopted, 1, 0);
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) == -1) die("prctl");
  pid_t father = checked_fork();
  if (father == 0) {
    if (checked_fork() == 0) {
      char line[64];
      wait_for(adopted);
      say(line, (size_t)snprintf(line, sizeof line, "worker %d parent %d\n", getpid(), getppid()));
      usleep(50000);
    }
    _exit(0);
  }
  while (waitpid(father, NULL, 0) == -1 && errno == EINTR) continue;
  sem_post(adopted);
  while (wait(NULL) != -1 || errno == EINTR) continue;
  return 0;
}

static int ignore(int n) {
  struct sigaction ign;
  memset(&ign, 0, sizeof ign);
  ign.sa_handler = SIG_IGN;
  sigaction(SIGCHLD, &ign, NULL);
  for (int i = 0; i < n; i++) {
    if (checked_fork() == 0) {
      usleep(1000);
      _exit(i % 256);
    }
  }
  siginfo_t info;
  while (waitid(P_ALL, 0, &info, WEXITED) == 0 || errno == EINTR) continue;
  say("done\n", 5);
  return 0;
}

// The program is the parent, and its end wakes the child: the kernel sends the signal after the adoption.
static int orphan(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, NULL);
  sem_t* told = (sem_t*)shared(sizeof(sem_t));
  sem_init(told, 1, 0);
  if (checked_fork() == 0) {
    char line[64];
    int got;
    if (prctl(PR_SET_PDEATHSIG, SIGUSR1) == -1) die("prctl");
    say(line, (size_t)snprintf(line, sizeof line, "before %d\n", getppid()));
    sem_post(told);
    sigwait(&set, &got);
    say(line, (size_t)snprintf(line, sizeof line, "after %d\n", getppid()));
    _exit(0);
  }
  wait_for(told);
  return 0;
}

int main(int argc, char** argv) {
  if (argc == 2 && strcmp(argv[1], "twolevel") == 0) return twolevel();
  if (argc == 2 && strcmp(argv[1], "orphan") == 0) return orphan();
  if (argc != 3 || argv[2][0] == '\0' || strspn(argv[2], "0123456789") != strlen(argv[2]) || strlen(argv[2]) > 3) {
    return usage();
  }
  int n = atoi(argv[2]);
  if (strcmp(argv[1], "waitall") == 0 && n <= 255) return waitall(n);
  if (strcmp(argv[1], "nohang") == 0) return nohang(n);
  if (strcmp(argv[1], "ignore") == 0) return ignore(n);
  return usage();
}
