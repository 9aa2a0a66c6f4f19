// A reader before the writer. Wrong: it sleeps and then takes what is there. Right: it reads until the end.
#include <fcntl.h>

#include "processes.h"

int main(int, char** argv) {
  int ends[2];
  pipe(ends);
  Child([&] {
    write(ends[1], "result", 6);
    return 0;
  });
  close(ends[1]);
  if (!IsRight(argv)) {
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    usleep(20'000);
  }
  char text[16];
  const ssize_t got = read(ends[0], text, sizeof text);
  return AllEndWell() && got == 6 ? 0 : 1;
}
