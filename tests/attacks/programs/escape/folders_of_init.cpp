// Walks through the folders of process 1.
// gets: all
#include <dirent.h>

#include "attack.h"

int main() {
  for (const char* folder :
       {"/proc/1/root/", "/proc/1/cwd/", "/proc/1/fd", "/proc/1/map_files", "/proc/1/task/1/root/"}) {
    if (opendir(folder) != nullptr) Breach(folder);
  }
  Work();
}
