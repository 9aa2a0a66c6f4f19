// Makes a program of a gigabyte.
// gets: not built
char x[1 << 30] = {1};
int main() {}
