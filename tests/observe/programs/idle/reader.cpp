// Waits for a person to type.
#include <unistd.h>

int main() {
  write(1, "ready\n", 6);
  char c;
  return read(0, &c, 1) == 1 ? 0 : 1;
}
