// Puts what breaks reports into an error.
// gets: not built
#error "]]>&<a> [2J  ::error::x ##vso[y] ‮"
int main() {}
