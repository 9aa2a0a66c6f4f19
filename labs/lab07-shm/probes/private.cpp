// What does the parent print?
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main() {
  int ours = 1;
  int* theirs =
      static_cast<int*>(mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  *theirs = 10;
  if (fork() == 0) {
    ours += 5;
    *theirs += 50;
    _exit(0);
  }
  wait(nullptr);
  std::printf("%d\n", ours + *theirs);
}
