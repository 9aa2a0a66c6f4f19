// no_fork PROGRAM ARGUMENT…: becomes PROGRAM, which may have one thread only: fork and pthread_create fail with EAGAIN.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char* argv[]) {
  if (argc < 2) return 125;
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_NPROC, &none) == -1) {
    std::perror("setrlimit");
    return 125;
  }
  execv(argv[1], argv + 1);
  std::perror("execv");
  return 125;
}
