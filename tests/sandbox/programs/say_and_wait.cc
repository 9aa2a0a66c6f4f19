// Says "ready" and reads stdin to its end.
#include <unistd.h>

int main() {
  [[maybe_unused]] ssize_t done = write(STDOUT_FILENO, "ready\n", 6);
  char byte;
  while ((done = read(STDIN_FILENO, &byte, 1)) > 0) {
  }
}
