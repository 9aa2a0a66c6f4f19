// Looks for what the grader was told in its environment.
// gets: all
#include "attack.h"

int main() {
  int count = 0;
  for (char** each = environ; *each != nullptr; ++each) {
    ++count;
    if (strstr(*each, "SECRET") != nullptr || strstr(*each, "GRADE") != nullptr) Breach(*each);
  }
  if (count > 4) Breach("more than the usual environment");
  Work();
}
