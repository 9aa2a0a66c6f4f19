// Embeds a file of the machine in the program.
// gets: not built
#include "canary.h"
asm(".incbin \"" OUTSIDE_FILE "\"");
int main() {}
