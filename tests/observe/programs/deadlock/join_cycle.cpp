// Two threads wait for each other's end.
#include <barrier>
#include <thread>

std::thread first, second;
std::barrier started(3);

int main() {
  first = std::thread([] {
    started.arrive_and_wait();
    second.join();  // stuck
  });
  second = std::thread([] {
    started.arrive_and_wait();
    first.join();  // stuck
  });
  started.arrive_and_wait();
  pthread_exit(nullptr);
}
