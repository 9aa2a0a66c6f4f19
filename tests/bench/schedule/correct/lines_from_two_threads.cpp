// find: nothing. Two threads print whole lines; stdio locks its streams.
#include <cstdio>
#include <thread>

void Print(const char* line) {
  for (int i = 0; i < 2; ++i) std::puts(line);
}

int main() {
  std::thread first(Print, "one"), second(Print, "two");
  first.join();
  second.join();
}
