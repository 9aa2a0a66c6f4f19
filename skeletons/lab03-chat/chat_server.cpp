// chat_server [host port] (lab 3). The handout, labs/lab03-chat/README.md, says what it must do.
#include <cstdio>
#include <string>
#include <vector>

namespace {

int Usage() {
  std::fputs("usage: chat_server [host port]\n", stderr);
  return 2;
}

// Serves until SIGTERM.
int Serve([[maybe_unused]] const std::string& host, [[maybe_unused]] int port) {
  // TODO: socket, bind, listen; print `listening on <host>:<port>` with the real port.
  // TODO: who wants to say something: a new client, a client, or the person at this window? Who waits for all of them?
  // TODO: a client is more than a socket: what has come of its line so far, its name, what it has still to hear.
  std::fputs("chat_server: it is not written yet\n", stderr);
  return 1;
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.empty()) return Serve("0.0.0.0", 8888);
  if (words.size() != 2) return Usage();
  return Serve(words[0], std::stoi(words[1]));  // TODO: what if that is no port?
}
