// A function that locks calls another one that locks too.
#include <mutex>

std::mutex m;

void Inner() {
  m.lock();  // stuck
}

int main() {
  m.lock();
  Inner();
}
