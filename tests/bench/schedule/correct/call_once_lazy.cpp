// find: nothing. call_once makes the object; everybody sees it whole.
#include <mutex>
#include <thread>

std::once_flag once;
int* value = nullptr;

int Get() {
  std::call_once(once, [] { value = new int(7); });
  return *value;
}

int main() {
  int seen = 0;
  std::thread other([&] { seen = Get(); });
  const int mine = Get();
  other.join();
  delete value;
  return seen == 7 && mine == 7 ? 0 : 1;
}
