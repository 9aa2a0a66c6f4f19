// What a single step meets: calls that sleep, a signal and its handler, a string instruction, a fork, a traced call.
#include <signal.h>
#include <time.h>

#include <cstdio>
#include <cstring>

#include "marks.h"

static volatile sig_atomic_t handled = 0;

static void RepeatedCopy(char* to, const char* from, size_t size) {
  asm volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

int main() {
  signal(SIGUSR1, [](int) { handled = handled + 1; });
  static char from[4096], to[4096];
  memset(from, 'x', sizeof from);
  int ends[2];
  pipe(ends);
  Child([&] {
    const timespec moment{0, 20'000'000};
    nanosleep(&moment, nullptr);
    write(ends[1], "", 1);
  });
  Mark("steps");
  char byte;
  read(ends[0], &byte, 1);
  raise(SIGUSR1);
  RepeatedCopy(to, from, sizeof from);
  const pid_t child = fork();
  if (child == 0) _exit(memcmp(to, from, sizeof from) == 0 ? 7 : 8);
  int status = 0;
  waitpid(child, &status, 0);
  const pid_t vforked = vfork();
  if (vforked == 0) _exit(9);
  int second = 0;
  waitpid(vforked, &second, 0);
  Mark("steps.");
  while (wait(nullptr) > 0) {
  }
  std::printf("%d %d %d\n", int(handled), WEXITSTATUS(status), WEXITSTATUS(second));
}
