// find: race. Two readers of a shared mutex count their visits.
#include <shared_mutex>
#include <thread>

std::shared_mutex mutex;
int visits = 0;

void Visit() {
  std::shared_lock lock(mutex);
  ++visits;
}

int main() {
  std::thread first(Visit), second(Visit);
  first.join();
  second.join();
}
