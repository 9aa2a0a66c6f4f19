// Programs of the kinds that labs grade, for measuring what it costs to watch them.
//   workload nothing
//   workload fork-wait ROUNDS       forks a child and waits for it
//   workload ping-pong ROUNDS       a byte through two pipes, to a child and back
//   workload echo CLIENTS ROUNDS    an epoll server and its clients
#include <err.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "echo_server.h"

namespace {

void ForkAndWait(int rounds) {
  for (int i = 0; i < rounds; ++i) {
    const pid_t child = fork();
    if (child < 0) err(1, "fork");
    if (child == 0) _exit(0);
    if (waitpid(child, nullptr, 0) != child) err(1, "waitpid");
  }
}

void PingPong(int rounds) {
  int there[2];
  int back[2];
  if (pipe(there) < 0 || pipe(back) < 0) err(1, "pipe");
  char byte = 'x';
  const pid_t child = fork();
  if (child < 0) err(1, "fork");
  if (child == 0) {
    close(there[1]);
    while (read(there[0], &byte, 1) == 1 && write(back[1], &byte, 1) == 1) {
    }
    _exit(0);
  }
  for (int i = 0; i < rounds; ++i) {
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) err(1, "pipe");
  }
  close(there[1]);
  if (waitpid(child, nullptr, 0) != child) err(1, "waitpid");
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view kind = argc > 1 ? argv[1] : "";
  if (kind == "nothing" && argc == 2) {
    return 0;
  } else if (kind == "fork-wait" && argc == 3) {
    ForkAndWait(std::atoi(argv[2]));
  } else if (kind == "ping-pong" && argc == 3) {
    PingPong(std::atoi(argv[2]));
  } else if (kind == "echo" && argc == 4) {
    bench::ServeEchoes(std::atoi(argv[2]), std::atoi(argv[3]));
  } else {
    errx(2, "usage: workload nothing | fork-wait ROUNDS | ping-pong ROUNDS | echo CLIENTS ROUNDS");
  }
}
