// find: nothing. Each thread has a shared_ptr of its own; the last one frees the object.
#include <memory>
#include <thread>

struct Thing {
  explicit Thing(bool* gone) : gone(gone) {}
  ~Thing() { *gone = true; }
  bool* gone;
  const int value = 3;
};

int main() {
  bool gone = false;
  auto thing = std::make_shared<Thing>(&gone);
  int seen = 0;
  std::thread other([mine = thing, &seen]() mutable {
    seen = mine->value;
    mine.reset();
  });
  thing.reset();
  other.join();
  return gone && seen == 3 ? 0 : 1;
}
