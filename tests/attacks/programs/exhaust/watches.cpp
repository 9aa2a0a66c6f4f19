// Watches as many files as it may.
// gets: none
#include <sys/inotify.h>

#include "attack.h"

int main() {
  for (int i = 0; i < 200; ++i) {
    const int watch = inotify_init();
    if (watch < 0) return 1;
    for (const char* folder : {"/", "/usr", "/usr/bin", "/tmp", "/work"})
      inotify_add_watch(watch, folder, IN_ALL_EVENTS);
  }
  return 1;
}
