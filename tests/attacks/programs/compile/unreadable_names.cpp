// Has names in its errors that turn text round and order terminals about.
// gets: not built
#include "‮[2Jgnp.h"
int \u0430\u0301 = unknown;
#error ::error::‮]0;t]]> <b>&amp; ##[error]x
