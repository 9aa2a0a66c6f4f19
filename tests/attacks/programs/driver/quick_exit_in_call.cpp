// Ends by quick_exit in the call.
// gets: none
#include <stdlib.h>

#include "total.h"

long Total(const long*, int) { quick_exit(0); }
