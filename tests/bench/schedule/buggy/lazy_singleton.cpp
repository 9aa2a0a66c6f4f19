// find: race. Whoever comes first makes the object, without any lock.
#include <thread>

struct Config {
  int value = 7;
};
Config* instance = nullptr;

Config& Get() {
  if (instance == nullptr) instance = new Config();
  return *instance;
}

int main() {
  std::thread other([] { Get(); });
  Get();
  other.join();
  delete instance;
}
