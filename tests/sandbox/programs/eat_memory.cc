// eat_memory PROCESSES MEBIBYTES: each process fills so much and says "full", and none ends before each has filled its
// own or is dead.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

int main(int, char** arguments) {
  const auto size = static_cast<std::size_t>(std::atoi(arguments[2])) << 20;
  // Nobody writes: the end of the pipe comes when all have closed it, the dead among them.
  int unfilled[2];
  if (pipe(unfilled) != 0) return 1;
  for (int i = 1; i < std::atoi(arguments[1]); ++i) {
    if (fork() == 0) break;
  }
  char* memory = static_cast<char*>(std::malloc(size));
  for (std::size_t at = 0; at < size; at += 4096) memory[at] = 1;
  [[maybe_unused]] ssize_t done = write(STDOUT_FILENO, "full\n", 5);
  close(unfilled[1]);
  char byte;
  done = read(unfilled[0], &byte, 1);
  while (wait(nullptr) > 0) {
  }
}
