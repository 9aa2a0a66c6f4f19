// The worker's father ends at once: nobody has to reap the worker, who lives in the server's process group.
#include <sys/wait.h>

#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  setpgid(0, 0);
  signal(SIGTERM, [](int) {
    signal(SIGTERM, SIG_IGN);
    kill(0, SIGUSR1);  // which the workers do not ignore
    _exit(0);
  });
  signal(SIGUSR1, SIG_IGN);
  const int listener = lab::Listen(address);
  for (;;) {
    const int client = lab::Accept(listener);
    const pid_t father = fork();
    if (father == 0) {
      if (fork() != 0) _exit(0);
      signal(SIGUSR1, SIG_DFL);
      signal(SIGTERM, SIG_DFL);
      close(listener);
      lab::Serve(client);
      _exit(0);
    }
    close(client);
    while (waitpid(father, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
}
