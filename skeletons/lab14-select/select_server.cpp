// One process, one thread, select. The handout, labs/lab14-select/README.md, says what it must do.
#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  // TODO: SIGTERM ends the server with status 0.
  [[maybe_unused]] const int listener = lab::Listen(address);
  // TODO: wait for the listening socket and all clients in one call; serve who has news; again, for ever.
  return 1;
}
