// find: race. A buffer is copied while another thread fills it: no access but memcpy's.
#include <cstdio>
#include <cstring>
#include <thread>

char shared[64];

int main() {
  const char text[64] = "the quick brown fox";
  std::thread writer([&] { std::memcpy(shared, text, sizeof text); });
  char copy[64];
  std::memcpy(copy, shared, sizeof copy);
  writer.join();
  std::printf("%zu\n", std::strlen(copy) % 2);
}
