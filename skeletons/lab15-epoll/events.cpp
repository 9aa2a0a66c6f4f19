// events: the events of poll(2), from bits to names and back. The handout, labs/lab15-epoll/README.md, says what it
// must do.
#include <cstdio>

int main([[maybe_unused]] int argc, [[maybe_unused]] char* argv[]) {
  // TODO: a mask (decimal, or 0x and hexadecimal) gives names; names joined by | give the mask; anything else is
  // refused.
  std::fputs("usage: events MASK | NAME|NAME...\n", stderr);
  return 2;
}
