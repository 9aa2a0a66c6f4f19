// One thread per client. They are detached: nobody waits for them, and the end of the process is theirs.
#include <system_error>
#include <thread>

#include "server.h"

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  for (;;) {
    const int client = lab::Accept(listener);
    try {
      std::thread(lab::Serve, client).detach();
    } catch (const std::system_error& error) {
      std::fprintf(stderr, "thread: %s\n", error.what());
      close(client);
    }
  }
}
