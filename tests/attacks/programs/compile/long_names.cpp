// Needs functions whose names are longer than anybody reads.
// gets: not built
template <int...>
struct Long {};
template <int N, int... M>
struct Longer {
  using Type = typename Longer<N - 1, N, M...>::Type;
};
template <int... M>
struct Longer<0, M...> {
  using Type = Long<M...>;
};
template <typename T>
void Missing(T);
int main() {
  Missing(Longer<800>::Type());
  Missing(Longer<801>::Type());
}
