// Asks its client again and again for bytes, without waiting, and never reads what comes.
#include "listening.h"

int main() {
  const int client = accept(Listen(), nullptr, nullptr);
  char byte = 0;
  for (;;) recv(client, &byte, 1, MSG_DONTWAIT | MSG_PEEK);
}
