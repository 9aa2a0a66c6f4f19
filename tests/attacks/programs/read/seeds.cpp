// Looks for the seed of the hidden numbers.
// gets: all
#include <sys/random.h>

#include "attack.h"

int main() {
  unsigned char random[16];
  if (getrandom(random, sizeof random, 0) != sizeof random) Breach("no randomness of its own");
  if (getenv("GTEST_RANDOM_SEED") != nullptr || getenv("GRADE_SEED") != nullptr) Breach("a seed");
  Work();
}
