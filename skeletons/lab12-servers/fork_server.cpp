// One process per client. The handout, labs/lab12-servers/README.md, says what it must do.
#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  // TODO: SIGTERM ends the server with status 0, and whoever serves with it.
  [[maybe_unused]] const int listener = lab::Listen(address);
  // TODO: accept(2), fork(2); the child serves, the parent accepts the next. Who closes what? Who waits for whom?
  return 1;
}
