// Reads files of the machine by their names there.
// gets: all
#include "attack.h"

int main() {
  for (const char* file : OUTSIDE_FILES) Refused(open(file, O_RDONLY | O_NONBLOCK), file);
  Work();
}
