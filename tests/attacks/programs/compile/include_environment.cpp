// Includes the compiler's environment.
// gets: none
#include "/proc/self/environ"
int main() {}
