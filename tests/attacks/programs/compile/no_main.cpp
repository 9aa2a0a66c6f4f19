// Has no main.
// gets: not built
int Sum() { return 1; }
