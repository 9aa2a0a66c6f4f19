// Plain pthreads; a thread of its own waits for SIGTERM.
#include <pthread.h>

#include <cstdint>

#include "server.h"

namespace {

void* AwaitSigterm(void* set) {
  int signal = 0;
  sigwait(static_cast<sigset_t*>(set), &signal);
  _exit(0);
}

void* ServeClient(void* client) {
  lab::Serve(static_cast<int>(reinterpret_cast<std::intptr_t>(client)));
  return nullptr;
}

}  // namespace

int main(int argc, char* argv[]) {
  const lab::Address address = lab::ParseArguments(argc, argv);
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &term, nullptr);
  pthread_t waiter;
  pthread_create(&waiter, nullptr, AwaitSigterm, &term);
  const int listener = lab::Listen(address);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, 256 * 1024);
  for (;;) {
    const int client = lab::Accept(listener);
    pthread_t thread;
    void* const argument = reinterpret_cast<void*>(static_cast<std::intptr_t>(client));
    if (pthread_create(&thread, &attributes, ServeClient, argument) != 0) close(client);
  }
}
