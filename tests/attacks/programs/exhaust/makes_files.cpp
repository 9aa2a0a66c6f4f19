// Makes files without content until there is no room for a name.
// gets: none
#include "attack.h"

int main() {
  for (int i = 0;; ++i) {
    char name[32];
    snprintf(name, sizeof name, "/tmp/%d", i);
    const int file = open(name, O_CREAT | O_WRONLY, 0600);
    if (file < 0) return 1;
    close(file);
  }
}
