// Says that its lines are those of other files, so that the compiler quotes these.
// gets: not built
#include "canary.h"
#line 1 "/etc/shadow"
int x = unknown_1;
#line 1 "/etc/passwd"
int y = unknown_2;
#line 1 "/proc/self/environ"
int z = unknown_3;
# 1 "/proc/1/environ" 1
int w = unknown_4;
