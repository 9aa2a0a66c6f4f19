// find: race|wrong-result. The semaphore that is to hold the consumer up begins with 1.
#include <semaphore>
#include <thread>

std::counting_semaphore<4> filled(1);
int item = 0;

int main() {
  std::thread producer([] {
    item = 9;
    filled.release();
  });
  filled.acquire();
  const int seen = item;
  producer.join();
  return seen == 9 ? 0 : 1;
}
