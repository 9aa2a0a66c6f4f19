// Serves its clients one after the other: the next one waits in the kernel's queue until the one before has left.
#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  // _exit is one of the few functions that a handler may call (signal-safety(7)); nothing waits in a buffer.
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  for (;;) lab::Serve(lab::Accept(listener));
}
