// Makes the system writable again.
// gets: all
#include <sys/mount.h>

#include "attack.h"

int main() {
  for (const char* place : {"/", "/usr", "/box"}) {
    Refused(mount(nullptr, place, nullptr, MS_REMOUNT | MS_BIND, nullptr), "remount");
    Refused(mount(place, "/work", nullptr, MS_BIND, nullptr), "bind");
    Refused(mount(place, "/work", nullptr, MS_MOVE, nullptr), "move");
  }
  Work();
}
