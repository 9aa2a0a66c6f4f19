// Leaves a temporary file behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
#include "attack.h"

int main() {
  Work();
  close(open("/tmp/left", O_CREAT | O_WRONLY, 0666));
}
