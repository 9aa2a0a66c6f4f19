// Sends without end to its first client, and echoes nothing to anybody.
#include "listening.h"

int main() {
  const int client = accept(Listen(), nullptr, nullptr);
  static char bytes[65536];
  while (send(client, bytes, sizeof bytes, MSG_NOSIGNAL) > 0) {
  }
}
