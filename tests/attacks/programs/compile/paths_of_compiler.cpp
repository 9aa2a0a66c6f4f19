// Looks for paths of the grader in what the compiler knows.
// gets: all
#include "attack.h"

int main() {
  if (strstr(__FILE__ __BASE_FILE__ __TIMESTAMP__, OUTSIDE_MARK) != nullptr) Breach(__FILE__);
  static char text[1 << 20];
  const int self = open("/proc/self/exe", O_RDONLY);
  const ssize_t size = read(self, text, sizeof text);
  close(self);
  char mark[64];  // not the constant, which is in the program itself
  snprintf(mark, sizeof mark, "/%s", OUTSIDE_MARK);
  if (size <= 0 || memmem(text, static_cast<size_t>(size), mark, strlen(mark)) != nullptr) Breach("a path");
  Work();
}
