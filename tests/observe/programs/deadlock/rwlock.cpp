// Holds the lock for reading and asks for it for writing.
#include <shared_mutex>

std::shared_mutex m;

int main() {
  m.lock_shared();
  m.lock();  // stuck
}
