// Includes a file of the machine by its name there.
// gets: not built
#include "canary.h"
#include OUTSIDE_FILE
int main() {}
