// One thread per client, the C way: each is given the address of its client's socket.
#include <pthread.h>

#include "server.h"

namespace {

void* Run(void* client) {
  lab::Serve(*static_cast<int*>(client));
  return nullptr;
}

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  int client = -1;
  for (;;) {
    client = lab::Accept(listener);
    pthread_t thread;
    if (pthread_create(&thread, nullptr, Run, &client) == 0) {
      pthread_detach(thread);
    } else {
      close(client);
    }
  }
}
