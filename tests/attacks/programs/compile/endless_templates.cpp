// Uses templates without end.
// gets: not built
template <int N>
struct T {
  T<N + 1> next;
};
T<0> t;
int main() {}
