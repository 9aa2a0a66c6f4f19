// Includes an endless file.
// gets: not built
#include "/dev/zero"
int main() {}
