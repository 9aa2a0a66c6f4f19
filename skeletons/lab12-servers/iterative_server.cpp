// Serves its clients one after the other. The handout, labs/lab12-servers/README.md, says what it must do.
#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  // TODO: SIGTERM ends the server with status 0, and whoever serves with it.
  [[maybe_unused]] const int listener = lab::Listen(address);
  // TODO: accept(2) a client and serve it; again, for ever.
  return 1;
}
