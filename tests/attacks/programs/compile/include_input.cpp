// Includes the compiler's input.
// gets: none
#include "/dev/stdin"
int main() {}
