// Leaves a temporary file behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as it may write in folders of its own only
#include "attack.h"

int main() {
  Work();
  close(open("/tmp/left", O_CREAT | O_WRONLY, 0666));
}
