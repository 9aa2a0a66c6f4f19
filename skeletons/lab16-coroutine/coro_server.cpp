// coro_server [host port]: answers each message with OK; a task for each client, all in one thread.
#include <cstdio>

#include "gevent.hpp"

// TODO: [host port], 0.0.0.0 8888 by default; what else prints the usage and ends with 2.
// TODO: socket, SO_REUSEADDR, bind, listen; print "listening on <host>:<port>".
// TODO: a task that accepts, and spawns a task for each client: recv up to 1,024 bytes, print them, send OK.
// TODO: end with status 0 on SIGTERM. What can a signal handler do that wakes a task which waits in gevent::recv?
int main() {
  std::fputs("not written yet\n", stderr);
  return 1;
}
