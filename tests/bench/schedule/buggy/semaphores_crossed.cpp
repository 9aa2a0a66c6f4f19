// find: deadlock. Two resources counted by semaphores, taken in opposite orders.
#include <semaphore>
#include <thread>

std::counting_semaphore<1> printer(1), scanner(1);

void Copy(std::counting_semaphore<1>& first, std::counting_semaphore<1>& second) {
  first.acquire();
  second.acquire();
  second.release();
  first.release();
}

int main() {
  std::thread one(Copy, std::ref(printer), std::ref(scanner)), two(Copy, std::ref(scanner), std::ref(printer));
  one.join();
  two.join();
}
