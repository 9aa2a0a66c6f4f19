// Children are reaped in the handler of SIGCHLD, and told to end by their numbers.
#include <sys/wait.h>

#include <array>

#include "server.h"

namespace {

constexpr int kMost = 1000;
std::array<volatile pid_t, kMost> children{};

void Reap(int) {
  const int saved = errno;
  for (pid_t gone; (gone = waitpid(-1, nullptr, WNOHANG)) > 0;) {
    for (auto& child : children) {
      if (child == gone) child = 0;
    }
  }
  errno = saved;
}

void End(int) {
  for (const pid_t child : children) {
    if (child > 0) kill(child, SIGTERM);
  }
  while (wait(nullptr) > 0 || errno == EINTR) {
  }
  _exit(0);
}

void Handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigaddset(&action.sa_mask, SIGCHLD);
  sigaddset(&action.sa_mask, SIGTERM);
  sigaction(signal, &action, nullptr);  // without SA_RESTART: accept returns EINTR
}

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  Handle(SIGCHLD, Reap);
  Handle(SIGTERM, End);
  const int listener = lab::Listen(address);
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGCHLD);
  sigaddset(&both, SIGTERM);
  for (;;) {
    const int client = lab::Accept(listener);
    sigprocmask(SIG_BLOCK, &both, nullptr);  // the child's number is noted before it can be reaped
    const pid_t child = fork();
    if (child == 0) {
      signal(SIGTERM, SIG_DFL);
      signal(SIGCHLD, SIG_DFL);
      sigprocmask(SIG_UNBLOCK, &both, nullptr);
      close(listener);
      lab::Serve(client);
      _exit(0);
    }
    for (auto& place : children) {
      if (place != 0) continue;
      place = child;
      break;
    }
    sigprocmask(SIG_UNBLOCK, &both, nullptr);
    close(client);
  }
}
