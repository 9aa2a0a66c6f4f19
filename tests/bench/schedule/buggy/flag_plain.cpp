// find: race. A plain bool tells that the data is there.
#include <cstdio>
#include <thread>

int data = 0;
bool ready = false;

int main() {
  std::thread writer([] {
    data = 42;
    ready = true;
  });
  if (ready) std::printf("%d\n", data);
  writer.join();
}
