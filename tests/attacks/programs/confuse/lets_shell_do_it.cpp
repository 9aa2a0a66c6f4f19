// Lets a shell do the work.
// gets: all
#include "attack.h"

int main() { execl("/bin/sh", "sh", "-c", "read a b; echo $((a + b)) | tee result", nullptr); }
