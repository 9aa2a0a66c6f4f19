// A server whose accept does not block. The handout, labs/lab14-select/README.md, says what it must do.
#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  // TODO: SIGTERM ends the server with status 0.
  [[maybe_unused]] const int listener = lab::Listen(address);
  // TODO: accept without blocking; `tick` every 100 ms while nobody connects; a client that is silent for 1 s is told
  // `timeout` and closed.
  return 1;
}
