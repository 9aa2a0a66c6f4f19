// How often is SIGCHLD delivered when five children have ended while it was blocked?
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace {
volatile std::sig_atomic_t deliveries = 0;
}

int main() {
  std::signal(SIGCHLD, [](int) { deliveries = deliveries + 1; });
  sigset_t child_signal;
  sigemptyset(&child_signal);
  sigaddset(&child_signal, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child_signal, nullptr);
  for (int i = 0; i < 5; ++i) {
    if (fork() == 0) _exit(0);
  }
  while (wait(nullptr) > 0) continue;
  sigprocmask(SIG_UNBLOCK, &child_signal, nullptr);
  std::printf("%d\n", static_cast<int>(deliveries));
}
