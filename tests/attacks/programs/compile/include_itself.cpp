// Includes itself twice.
// gets: not built
#include "sum.cpp"
int main() {}
