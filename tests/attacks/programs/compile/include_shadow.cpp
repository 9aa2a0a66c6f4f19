// Includes a secret, so that the compiler quotes it.
// gets: not built
#include "/etc/shadow"
int main() {}
