/* All in one file, in the manner of C: pthread_create, a mutex and a condition, a pipe for each child. */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_WORKERS 64

static long limit;
static int workers;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long next_number; /* under mutex */
static long found;       /* under mutex */

static int is_prime(long n) {
  if (n < 2) return 0;
  for (long d = 2; d * d <= n; d++)
    if (n % d == 0) return 0;
  return 1;
}

/* threads: whoever is free takes the next 32 numbers; the mutex is held for a moment only */
static void *count_some(void *unused) {
  long mine = 0;
  for (;;) {
    pthread_mutex_lock(&mutex);
    long first = next_number;
    next_number += 32;
    if (first > limit) {
      found += mine;
      pthread_mutex_unlock(&mutex);
      return unused;
    }
    pthread_mutex_unlock(&mutex);
    for (long n = first; n < first + 32 && n <= limit; n++) mine += is_prime(n);
  }
}

/* biglock: a queue of thread numbers; the first of it has the lock */
static pthread_cond_t at_front[MOST_WORKERS];
static int queue[MOST_WORKERS];
static int queued;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec + t.tv_nsec / 1e9;
}

static void take(int me) {
  pthread_mutex_lock(&mutex);
  queue[queued++] = me;
  while (queue[0] != me) pthread_cond_wait(&at_front[me], &mutex);
  pthread_mutex_unlock(&mutex);
}

static void give(void) {
  pthread_mutex_lock(&mutex);
  memmove(queue, queue + 1, sizeof queue - sizeof queue[0]);
  if (--queued > 0) pthread_cond_signal(&at_front[queue[0]]);
  pthread_mutex_unlock(&mutex);
}

static void *count_locked(void *argument) {
  int me = (int)(long)argument;
  take(me);
  double since = now();
  for (long n = me; n <= limit; n += workers) {
    found += is_prime(n);
    if (now() - since < 0.010) continue;
    give();
    take(me);
    since = now();
  }
  give();
  return NULL;
}

static int with_threads(void *(*work)(void *)) {
  pthread_t threads[MOST_WORKERS];
  int started = 0, error = 0;
  while (started < workers && error == 0) {
    error = pthread_create(&threads[started], NULL, work, (void *)(long)started);
    if (error == 0) started++;
  }
  for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
  if (error == 0) return 0;
  fprintf(stderr, "primes: pthread_create: %s\n", strerror(error));
  return 1;
}

static int with_processes(void) {
  int pipes[MOST_WORKERS][2];
  int status = 0, started = 0;
  for (int me = 0; me < workers && status == 0; me++) {
    if (pipe(pipes[me]) == -1) {
      perror("primes: pipe");
      status = 1;
      break;
    }
    pid_t child = fork();
    if (child == -1) {
      perror("primes: fork");
      status = 1;
      break;
    }
    if (child == 0) {
      long mine = 0;
      /* blocks of 1000 numbers, in turn */
      for (long first = me * 1000L; first <= limit; first += workers * 1000L)
        for (long n = first; n < first + 1000 && n <= limit; n++) mine += is_prime(n);
      _exit(write(pipes[me][1], &mine, sizeof mine) != sizeof mine);
    }
    close(pipes[me][1]);
    started++;
  }
  for (int me = 0; me < started; me++) {
    long theirs = 0;
    if (read(pipes[me][0], &theirs, sizeof theirs) != sizeof theirs) status = 1;
    found += theirs;
    wait(NULL);
  }
  return status;
}

static int usage(void) {
  fprintf(stderr, "usage: primes serial|threads|processes|biglock WORKERS LIMIT\n");
  return 2;
}

static int number(const char *text, long most, long *to) {
  char *end;
  if (*text < '0' || *text > '9') return 0;
  errno = 0;
  *to = strtol(text, &end, 10);
  return errno == 0 && *end == '\0' && *to <= most;
}

int main(int argc, char **argv) {
  long count;
  if (argc != 4 || !number(argv[2], 64, &count) || count < 1 || !number(argv[3], 10000000, &limit)) return usage();
  workers = (int)count;
  int status = 0;
  if (strcmp(argv[1], "serial") == 0) {
    for (long n = 0; n <= limit; n++) found += is_prime(n);
  } else if (strcmp(argv[1], "threads") == 0) {
    status = with_threads(count_some);
  } else if (strcmp(argv[1], "processes") == 0) {
    status = with_processes();
  } else if (strcmp(argv[1], "biglock") == 0) {
    for (int i = 0; i < workers; i++) pthread_cond_init(&at_front[i], NULL);
    status = with_threads(count_locked);
  } else {
    return usage();
  }
  if (status == 0) printf("%ld\n", found);
  return status;
}
