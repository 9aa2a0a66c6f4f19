// Nests parentheses deeper than a parser can.
// gets: not built
#define A ((((((((((((((((
#define B A A A A A A A A A A A A A A A A
#define C B B B B B B B B B B B B B B B B
#define D C C C C C C C C C C C C C C C C
int x = D D D D D D D D;
int main() {}
