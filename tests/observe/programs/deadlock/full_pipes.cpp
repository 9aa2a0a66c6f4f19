// Parent and child both write more than a pipe holds before either reads.
#include <unistd.h>

#include <vector>

int main() {
  const std::vector<char> much(1 << 20);
  int down[2], up[2];
  pipe(down);
  pipe(up);
  const bool child = fork() == 0;
  close(child ? down[1] : down[0]);
  close(child ? up[0] : up[1]);
  write(child ? up[1] : down[1], much.data(), much.size());  // stuck
  char c;
  read(child ? down[0] : up[0], &c, 1);
}
