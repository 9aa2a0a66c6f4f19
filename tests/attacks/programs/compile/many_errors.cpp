// Has more errors than anybody reads.
// gets: not built
#define E \
  error;  \
  error;  \
  error;  \
  error;  \
  error;  \
  error;
#define F E E E E E E E E
#define G F F F F F F F F
int main() { G G G G G G }
