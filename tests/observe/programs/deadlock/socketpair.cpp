// Parent and child both expect the other to speak first.
#include <sys/socket.h>
#include <unistd.h>

int main() {
  int ends[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  const bool child = fork() == 0;
  close(ends[child ? 0 : 1]);
  char c;
  read(ends[child ? 1 : 0], &c, 1);  // stuck
}
