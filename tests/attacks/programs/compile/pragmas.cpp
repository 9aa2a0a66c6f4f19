// Tries the compiler's pragmas.
// gets: all
#include "attack.h"

#pragma GCC dependency "attack.h"
#pragma GCC optimize("O3", "unroll-loops")
#pragma GCC target("avx2")
#pragma message("::error::a message")
#pragma weak main

int main() { Work(); }
