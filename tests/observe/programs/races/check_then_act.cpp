// Two threads make what is missing. Wrong: each looks, then makes it. Right: under a mutex.
#include <fcntl.h>

#include <mutex>
#include <thread>

#include "processes.h"

static std::mutex guard;
static volatile bool made = false;
static volatile int makings = 0;

static void Make() {
  if (made) return;
  const int file = open("/tmp/made", O_CREAT | O_RDWR, 0600);
  makings = makings + 1;
  made = true;
  close(file);
}

int main(int, char** argv) {
  const bool right = IsRight(argv);
  const auto work = [&] {
    std::unique_lock<std::mutex> lock(guard, std::defer_lock);
    if (right) lock.lock();
    Make();
  };
  std::thread first(work);
  std::thread second(work);
  first.join();
  second.join();
  return makings == 1 ? 0 : 1;
}
