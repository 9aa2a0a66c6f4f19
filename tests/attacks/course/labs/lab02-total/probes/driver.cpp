// driver NUMBER…: tells the total of the numbers, twice.
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "total.h"

namespace {

void Tell(long value) {
  char line[32];
  const int size = snprintf(line, sizeof line, "total %ld\n", value);
  if (write(STDOUT_FILENO, line, static_cast<size_t>(size)) != size) _exit(99);
}

}  // namespace

int main(int argc, char* argv[]) {
  long numbers[16];
  int count = 0;
  while (count + 1 < argc && count < 16) {
    numbers[count] = atol(argv[count + 1]);
    ++count;
  }
  Tell(Total(numbers, count));
  Tell(Total(numbers, count));
}
