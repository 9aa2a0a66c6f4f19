// Which number does it print?
#include <semaphore.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main() {
  auto* tokens =
      static_cast<sem_t*>(mmap(nullptr, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  sem_init(tokens, 1, 10);
  const pid_t first = fork();
  const pid_t second = fork();
  sem_wait(tokens);
  if (first == 0) sem_post(tokens);
  if (second != 0) waitpid(second, nullptr, 0);
  if (first == 0) _exit(0);
  if (second == 0) _exit(0);
  waitpid(first, nullptr, 0);
  int left = 0;
  sem_getvalue(tokens, &left);
  std::printf("%d\n", left);
}
