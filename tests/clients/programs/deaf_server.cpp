// Accepts, and never reads.
#include "listening.h"

int main() {
  const int listener = Listen();
  while (accept(listener, nullptr, nullptr) >= 0) {
  }
}
