// Makes folders within folders, deeper than a path can name.
// gets: none
#include <sys/stat.h>

#include "attack.h"

int main() {
  for (int i = 0; i < 3000; ++i) {
    if (mkdir("a", 0700) != 0 || chdir("a") != 0) return 1;
  }
  return 1;
}
