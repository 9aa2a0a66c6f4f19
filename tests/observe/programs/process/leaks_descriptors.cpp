// Opens five files and closes two of them.
#include <fcntl.h>
#include <unistd.h>

int main() {
  for (int i = 0; i < 5; ++i) open("/dev/null", O_RDONLY);
  close(3);
  close(4);
}
