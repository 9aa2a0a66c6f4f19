// Stops itself three calls deep, one of them by way of the standard library.
#include <csignal>
#include <functional>

static void Innermost() { raise(SIGSTOP); }

static inline __attribute__((always_inline)) void Inlined() {
  Innermost();
  asm volatile("");
}

void Outer(const std::function<void()>& call) {
  call();
  asm volatile("");
}

int main() {
  Outer([] { Inlined(); });
}
