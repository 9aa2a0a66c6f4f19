// Forks for ever in sessions of their own, ignoring every signal that can be ignored; says "started" first.
#include <signal.h>
#include <unistd.h>

int main() {
  for (int signal_number = 1; signal_number < 32; ++signal_number) signal(signal_number, SIG_IGN);
  [[maybe_unused]] const ssize_t wrote = write(STDOUT_FILENO, "started\n", 8);
  for (;;) {
    if (fork() == 0) setsid();
  }
}
