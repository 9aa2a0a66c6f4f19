// find: wrong-result|race|deadlock|lost-wake-up. A barrier made by hand resets its count while some still look at it.
#include <condition_variable>
#include <mutex>
#include <thread>

std::mutex mutex;
std::condition_variable all_here;
int here = 0;

void Await() {
  std::unique_lock lock(mutex);
  if (++here == 2) {
    here = 0;
    all_here.notify_all();
  } else {
    all_here.wait(lock, [] { return here == 0; });
  }
}

void Work() {
  Await();
  Await();
}

int main() {
  std::thread first(Work), second(Work);
  first.join();
  second.join();
}
