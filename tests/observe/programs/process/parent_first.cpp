// The parent ends first; its child notices, and ends by itself.
#include <unistd.h>

int main() {
  int parent_lives[2];
  pipe(parent_lives);
  if (fork() == 0) {
    close(parent_lives[1]);
    char byte;
    read(parent_lives[0], &byte, 1);
    _exit(4);
  }
}
