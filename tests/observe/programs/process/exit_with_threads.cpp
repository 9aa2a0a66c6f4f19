// Ends while two threads sleep for ever.
#include <stdlib.h>
#include <unistd.h>

#include <thread>

int main() {
  int never[2], started[2];
  pipe(never);
  pipe(started);
  for (int i = 0; i < 2; ++i) {
    std::thread([&] {
      write(started[1], "x", 1);
      char byte;
      read(never[0], &byte, 1);
    }).detach();
  }
  char bytes[2];
  for (int i = 0; i < 2; ++i) read(started[0], bytes, 1);
  exit(3);
}
