// find: nothing. The compiler guards a static of a function.
#include <string>
#include <thread>

const std::string& Name() {
  static const std::string name(40, 'x');
  return name;
}

int main() {
  std::size_t seen = 0;
  std::thread other([&] { seen = Name().size(); });
  const auto mine = Name().size();
  other.join();
  return seen == 40 && mine == 40 ? 0 : 1;
}
