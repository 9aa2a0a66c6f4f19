// Computes a constant for ever.
// gets: not built
constexpr long Spin(long n) {
  while (true) n += 1;
  return n;
}
static_assert(Spin(0) == 1);
int main() {}
