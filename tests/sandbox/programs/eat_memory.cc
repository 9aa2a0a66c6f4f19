// eat_memory PROCESSES MEBIBYTES: each process fills so much, and all stay until stdin ends. Prints "full" once each.
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

int main(int, char** arguments) {
  const auto size = static_cast<std::size_t>(std::atoi(arguments[2])) << 20;
  for (int i = 1; i < std::atoi(arguments[1]); ++i) {
    if (fork() == 0) break;
  }
  char* memory = static_cast<char*>(std::malloc(size));
  for (std::size_t at = 0; at < size; at += 4096) memory[at] = 1;
  [[maybe_unused]] ssize_t done = write(STDOUT_FILENO, "full\n", 5);
  char byte;
  done = read(STDIN_FILENO, &byte, 1);
  while (wait(nullptr) > 0) {
  }
}
