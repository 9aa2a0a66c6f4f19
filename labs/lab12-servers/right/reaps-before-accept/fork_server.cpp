// The dead are reaped when the next client comes; the living end with the parent (PR_SET_PDEATHSIG).
#include <sys/prctl.h>
#include <sys/wait.h>

#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  const pid_t parent = getpid();
  for (;;) {
    const int client = lab::Accept(listener);
    while (waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    if (fork() == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(0);
      lab::Serve(client);
      _exit(0);
    }
    close(client);
  }
}
