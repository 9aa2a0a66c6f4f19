// Three writers add to a number in a file. Wrong: they come at different times by sleeping. Right: under flock.
#include <fcntl.h>
#include <sys/file.h>

#include "processes.h"

static const char* const kFile = "/tmp/counter";

int main(int, char** argv) {
  const bool right = IsRight(argv);
  int file = open(kFile, O_RDWR | O_CREAT | O_TRUNC, 0600);
  int number = 0;
  pwrite(file, &number, sizeof number, 0);
  close(file);
  for (int i = 0; i < 3; ++i) {
    Child([&] {
      if (!right) usleep(10'000 * i);
      const int own = open(kFile, O_RDWR);
      if (right) flock(own, LOCK_EX);
      int value = 0;
      pread(own, &value, sizeof value, 0);
      ++value;
      pwrite(own, &value, sizeof value, 0);
      return 0;
    });
  }
  const bool well = AllEndWell();
  file = open(kFile, O_RDONLY);
  pread(file, &number, sizeof number, 0);
  return well && number == 3 ? 0 : 1;
}
