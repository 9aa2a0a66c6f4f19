// Becomes itself again and again.
// gets: none
#include "attack.h"

int main() {
  char name[] = "sum";
  char* words[] = {name, nullptr};
  execv("/proc/self/exe", words);
}
