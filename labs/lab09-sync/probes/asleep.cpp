// asleep SCENE: threads wait for long in the submission's calls, until a word comes from outside that lets them go.
#include <unistd.h>

#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "sync.hpp"

namespace {

using namespace std::chrono_literals;

// Returns when the grader has seen for long enough what everybody does.
void AwaitWord() {
  char byte = 0;
  while (byte != '\n' && read(STDIN_FILENO, &byte, 1) == 1) continue;
}

template <class Wait, class TimedWait, class Free>
void WaitForLong(const Wait& wait, const TimedWait& timed_wait, const Free& free) {
  std::vector<std::thread> threads;
  threads.emplace_back(wait);
  threads.emplace_back([&] {
    if (!timed_wait()) std::puts("the timed call was refused");
  });
  AwaitWord();
  free();
  for (auto& thread : threads) thread.join();
  std::puts("all returned");
}

void Events() {
  Event event;
  WaitForLong([&] { event.wait(); }, [&] { return event.wait(20h); }, [&] { event.set(); });
}

void Locks() {
  Lock lock;
  lock.acquire();
  WaitForLong([&] { LockGuard guard(lock); },
              [&] {
                if (!lock.acquire(20h)) return false;
                lock.release();
                return true;
              },
              [&] { lock.release(); });
}

void Getters() {
  BoundedBuffer<int> buffer(2);
  WaitForLong([&] { buffer.get(); }, [&] { return buffer.get(20h).has_value(); },
              [&] {
                buffer.put(1);
                buffer.put(2);
              });
}

void Putters() {
  BoundedBuffer<int> buffer(1);
  buffer.put(1);
  WaitForLong([&] { buffer.put(2); }, [&] { return buffer.put(3, 20h); },
              [&] {
                buffer.get();
                buffer.get();
              });
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::string scene = argc > 1 ? argv[1] : "";
  if (scene == "events") Events();
  if (scene == "locks") Locks();
  if (scene == "getters") Getters();
  if (scene == "putters") Putters();
}
