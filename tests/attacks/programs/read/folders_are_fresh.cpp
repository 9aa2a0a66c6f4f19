// Looks for what the run before left.
// gets: all
#include <dirent.h>

#include "attack.h"

int main() {
  for (const char* folder : {"/work", "/tmp", "/dev/shm", "/dev/mqueue"}) {
    DIR* entries = opendir(folder);
    if (entries == nullptr) continue;
    while (const dirent* entry = readdir(entries)) {
      if (entry->d_name[0] != '.') Breach(folder);
    }
    closedir(entries);
  }
  Work();
}
