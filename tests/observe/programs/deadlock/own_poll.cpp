// Polls a pipe whose writing end only the program itself has.
#include <poll.h>
#include <unistd.h>

int main() {
  int ends[2];
  pipe(ends);
  pollfd entry{ends[0], POLLIN, 0};
  poll(&entry, 1, -1);  // stuck
}
