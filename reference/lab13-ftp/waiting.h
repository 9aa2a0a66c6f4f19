// The only place where the server sleeps: until a descriptor is ready, or SIGTERM has come. The signals are blocked
// everywhere else, so none can come between a look at the flag and the sleep.
#pragma once

#include <poll.h>

#include <csignal>
#include <initializer_list>
#include <vector>

#include "basics.h"

namespace lab {

// Thrown out of every wait once SIGTERM (or SIGINT) has come. What a session has begun is undone by destructors.
struct Stopped {};

inline volatile std::sig_atomic_t stop_asked = 0;

inline void WatchSignals() {
  struct sigaction action {};
  action.sa_handler = [](int signal) {
    if (signal != SIGCHLD) stop_asked = 1;
  };
  sigset_t blocked;
  sigemptyset(&blocked);
  for (const int signal : {SIGTERM, SIGINT, SIGCHLD}) {
    sigaddset(&blocked, signal);
    if (sigaction(signal, &action, nullptr) == -1) Fail("sigaction");
  }
  sigprocmask(SIG_SETMASK, &blocked, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // a client that is gone is an error of send
  std::signal(SIGXFSZ, SIG_IGN);  // a file that is too big is an error of write
}

// Sleeps until one of the descriptors is ready, and fills in what it is ready for; returns early for SIGCHLD.
inline void WaitForAny(std::vector<pollfd>& descriptors) {
  sigset_t none;
  sigemptyset(&none);
  const int ready = ppoll(descriptors.data(), descriptors.size(), nullptr, &none);
  const int error = errno;
  if (stop_asked != 0) throw Stopped{};
  if (ready == -1) {
    errno = error;
    if (error != EINTR) Fail("ppoll");
    for (pollfd& descriptor : descriptors) descriptor.revents = 0;
  }
}

inline void WaitFor(int descriptor, short events) {
  std::vector<pollfd> one{{descriptor, events, 0}};
  while (one[0].revents == 0) WaitForAny(one);
}

}  // namespace lab
