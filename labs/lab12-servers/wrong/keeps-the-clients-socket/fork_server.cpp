// One process per client. SIGCHLD is ignored, so the kernel removes the children that end; on SIGTERM the living ones
// are ended first.
#include <sys/prctl.h>

#include "server.h"

namespace {

// All children are in the parent's process group, made for that; so the group is who has to end.
void EndAll(int) {
  std::signal(SIGTERM, SIG_IGN);
  kill(0, SIGTERM);
  _exit(0);
}

[[noreturn]] void RunChild(int listener, int client, pid_t parent) {
  std::signal(SIGTERM, SIG_DFL);
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) _exit(1);
  close(listener);
  lab::Serve(client);
  _exit(0);
}

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  setpgid(0, 0);
  std::signal(SIGCHLD, SIG_IGN);
  std::signal(SIGTERM, EndAll);
  const int listener = lab::Listen(address);
  const pid_t parent = getpid();
  for (;;) {
    const int client = lab::Accept(listener);
    const pid_t child = fork();
    if (child < 0) std::perror("fork");  // this client cannot be served; the others can
    if (child == 0) RunChild(listener, client, parent);
  }
}
