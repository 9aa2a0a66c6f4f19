// Ends with status 0 before anything was asked.
// gets: none
#include "attack.h"

int main() { _exit(0); }
