// The C way: stdio with fflush, strtol, waitid, and POSIX semaphores in shared memory.
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char* call) {
  perror(call);
  _exit(1);
}

static void usage(void) {
  fprintf(stderr, "usage: fork twice | memory NUMBER | exitcode [signal] N | shape fan|chain|tree N | pstate PID\n");
  exit(2);
}

static long number(const char* text, long least, long most) {
  char* end;
  errno = 0;
  long n = strtol(text, &end, 10);
  if (end == text || *end != '\0' || isspace((unsigned char)text[0]) || errno != 0 || n < least || n > most) usage();
  return n;
}

static void reap(pid_t pid, siginfo_t* info) {
  while (waitid(P_PID, (id_t)pid, info, WEXITED) == -1) {
    if (errno != EINTR) die("waitid");
  }
}

static int twice(void) {
  pid_t pid = fork();
  siginfo_t info;
  if (pid == -1) die("fork");
  if (pid == 0) {
    printf("child %d parent %d\n", (int)getpid(), (int)getppid());
    fflush(stdout);
    _exit(0);
  }
  reap(pid, &info);
  printf("parent %d child %d\n", (int)getpid(), (int)pid);
  return 0;
}

static int in_data;

static int memory(int n) {
  int* in_heap = (int*)malloc(sizeof(int));
  int in_stack = n;
  siginfo_t info;
  if (in_heap == NULL) die("malloc");
  *in_heap = in_data = n;
  pid_t pid = fork();
  if (pid == -1) die("fork");
  if (pid == 0) {
    in_data = n ^ 1;
    *in_heap = n ^ 2;
    in_stack = n ^ 4;
    printf("child %d %d %d\n", in_data, *in_heap, in_stack);
    fflush(stdout);
    _exit(0);
  }
  reap(pid, &info);
  printf("parent %d %d %d\n", in_data, *in_heap, in_stack);
  free(in_heap);
  return 0;
}

static void at_exit(void) { printf("atexit %d\n", (int)getpid()); }

static int kills(int sig) {
  switch (sig) {
    case SIGCHLD:
    case SIGCONT:
    case SIGSTOP:
    case SIGTSTP:
    case SIGTTIN:
    case SIGTTOU:
    case SIGURG:
    case SIGWINCH:
      return 0;
    default:
      return 1;
  }
}

static int signal_number(const char* name) {
  if (strncmp(name, "SIG", 3) == 0) name += 3;
  for (int sig = 1; sig < 32; sig++) {
    if (strcmp(name, sigabbrev_np(sig)) == 0 && kills(sig)) return sig;
  }
  usage();
  return 0;
}

static int exitcode(int code, int sig, const char* name) {
  siginfo_t info;
  if (atexit(at_exit) != 0) die("atexit");
  fflush(NULL);
  pid_t pid = fork();
  if (pid == -1) die("fork");
  if (pid == 0) {
    if (sig == 0) _exit(code);
    for (;;) pause();
  }
  if (sig != 0 && kill(pid, sig) == -1) die("kill");
  reap(pid, &info);
  if (info.si_code == CLD_EXITED) printf("exited %d\n", info.si_status);
  if (info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED) printf("killed %s\n", name);
  return 0;
}

struct meeting {
  sem_t arrived, leave;
};

static void wait_for(sem_t* sem) {
  while (sem_wait(sem) == -1) {
    if (errno != EINTR) die("sem_wait");
  }
}

static void subtree(struct meeting* m, const char* kind, int n);

static pid_t start(struct meeting* m, const char* kind, int n) {
  pid_t pid = fork();
  if (pid == -1) die("fork");
  if (pid == 0) {
    subtree(m, kind, n);
    _exit(0);
  }
  return pid;
}

static int make_children(struct meeting* m, const char* kind, int n, pid_t* children) {
  int count = 0;
  if (strcmp(kind, "fan") == 0) {
    while (count < n) {
      children[count] = start(m, "leaf", 0);
      count++;
    }
  } else if (strcmp(kind, "chain") == 0 && n > 0) {
    children[count++] = start(m, kind, n - 1);
  } else if (strcmp(kind, "tree") == 0 && n > 0) {
    children[count++] = start(m, kind, n - 1);
    children[count++] = start(m, kind, n - 1);
  }
  return count;
}

static void subtree(struct meeting* m, const char* kind, int n) {
  pid_t children[2];
  siginfo_t info;
  int count = make_children(m, kind, n, children);
  sem_post(&m->arrived);
  wait_for(&m->leave);
  for (int i = 0; i < count; i++) reap(children[i], &info);
}

static int shape(const char* kind, int n) {
  pid_t children[200];
  siginfo_t info;
  struct meeting* m =
      (struct meeting*)mmap(NULL, sizeof(struct meeting), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (m == MAP_FAILED) die("mmap");
  sem_init(&m->arrived, 1, 0);
  sem_init(&m->leave, 1, 0);
  int total = strcmp(kind, "tree") == 0 ? (1 << (n + 1)) - 2 : n;
  int count = make_children(m, kind, n, children);
  for (int i = 0; i < total; i++) wait_for(&m->arrived);
  for (int i = 0; i < total; i++) sem_post(&m->leave);
  for (int i = 0; i < count; i++) reap(children[i], &info);
  return 0;
}

static int pstate(int pid) {
  char path[64], line[512];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE* f = fopen(path, "r");
  if (f == NULL) {
    perror(path);
    return 1;
  }
  size_t size = fread(line, 1, sizeof line - 1, f);
  fclose(f);
  line[size] = '\0';
  char* bracket = strrchr(line, ')');
  if (bracket == NULL) {
    fprintf(stderr, "%s: gone\n", path);
    return 1;
  }
  char letter = bracket[2];
  const char* name = letter == 'R'          ? "ready/running"
                     : strchr("Tt", letter) ? "stopped"
                     : strchr("ZX", letter) ? "zombie"
                                            : "waiting";
  printf("%s %c\n", name, letter);
  return 0;
}

int main(int argc, char** argv) {
  if (argc == 2 && strcmp(argv[1], "twice") == 0) return twice();
  if (argc == 3 && strcmp(argv[1], "memory") == 0) return memory((int)number(argv[2], INT_MIN, INT_MAX));
  if (argc == 3 && strcmp(argv[1], "exitcode") == 0) return exitcode((int)number(argv[2], 0, 255), 0, NULL);
  if (argc == 4 && strcmp(argv[1], "exitcode") == 0 && strcmp(argv[2], "signal") == 0) {
    return exitcode(0, signal_number(argv[3]), argv[3]);
  }
  if (argc == 4 && strcmp(argv[1], "shape") == 0) {
    if (strcmp(argv[2], "fan") == 0 || strcmp(argv[2], "chain") == 0) {
      return shape(argv[2], (int)number(argv[3], 0, 200));
    }
    if (strcmp(argv[2], "tree") == 0) return shape(argv[2], (int)number(argv[3], 0, 7));
  }
  if (argc == 3 && strcmp(argv[1], "pstate") == 0) return pstate((int)number(argv[2], 1, INT_MAX));
  usage();
}
