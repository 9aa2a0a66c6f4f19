// Looks for the model solution, the checks and what compilers were shown.
// gets: all
#include <dirent.h>

#include "attack.h"

static void Empty(const char* folder, const char* own) {
  DIR* entries = opendir(folder);
  if (entries == nullptr) return;
  while (const dirent* entry = readdir(entries)) {
    if (entry->d_name[0] != '.' && strcmp(entry->d_name, own) != 0) Breach(folder);
  }
  closedir(entries);
}

int main() {
  Empty("/box", "sum");
  for (const char* folder : {"/reference", "/labs", "/submission", "/extra", "/runtime", "/given"}) Empty(folder, "");
  Work();
}
