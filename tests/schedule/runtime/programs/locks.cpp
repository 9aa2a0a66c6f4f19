// Mutexes, conditions, semaphores, futures and time.
// sleep under test: in virtual time.
#include <pthread.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <stop_token>
#include <thread>

#include "scenarios.h"

using namespace std::chrono_literals;

namespace {

std::mutex first;
std::mutex second;
std::condition_variable condition;
bool ready = false;

int LockedCounter() {
  int count = 0;
  {
    std::jthread other([&] {
      std::lock_guard lock(first);
      ++count;
    });
    std::lock_guard lock(first);
    ++count;
  }
  return count == 2 ? 0 : 1;
}

int LocksCrossed() {
  std::jthread other([] {
    std::lock_guard one(first);
    std::lock_guard two(second);
  });
  std::lock_guard two(second);
  std::lock_guard one(first);
  return 0;
}

int WaitsWithoutPredicate() {
  std::jthread waiter([] {
    std::unique_lock lock(first);
    condition.wait(lock);
  });
  condition.notify_one();
  return 0;
}

// Both sleep before one of them is told: no notification came too early.
int NotifiesOneOfTwo() {
  int asleep = 0;
  bool open = false;
  const auto wait = [&] {
    std::unique_lock lock(first);
    ++asleep;
    while (!open) condition.wait(lock);
  };
  std::jthread a(wait);
  std::jthread b(wait);
  for (;;) {
    const std::lock_guard lock(first);
    if (asleep < 2) continue;
    open = true;
    condition.notify_one();
    return 0;
  }
}

// The second one's sleep is at fault, not the first one's, which began after a notification, too.
int NotifiesOneConditionOnly() {
  std::condition_variable other;
  bool done = false;
  condition.notify_one();
  std::jthread a([&] {
    std::unique_lock lock(first);
    while (!done) condition.wait(lock);
  });
  std::unique_lock lock(first);
  while (!done) other.wait(lock);
  return 0;
}

int WaitsInAnIf() {
  int items = 0;
  const auto take = [&] {
    std::unique_lock lock(first);
    if (items == 0) condition.wait(lock);
    if (items == 0) std::exit(3);
    --items;
  };
  std::jthread one(take);
  {
    std::lock_guard lock(first);
    items = 1;
  }
  condition.notify_all();
  return 0;
}

int WaitsProperly() {
  std::jthread waiter([] {
    std::unique_lock lock(first);
    condition.wait(lock, [] { return ready; });
  });
  std::lock_guard lock(first);
  ready = true;
  condition.notify_one();
  return 0;
}

int LocksItself() {
  std::mutex* mutex = &first;
  mutex->lock();
  mutex->lock();
  return 0;
}

int UnlocksOthers() {
  first.lock();
  std::thread([] { first.unlock(); }).join();
  return 0;
}

int UnlocksFree() {
  first.unlock();
  return 0;
}

int FreesLockedMutex() {
  auto mutex = std::make_unique<std::mutex>();
  mutex->lock();
  return 0;
}

int DestroysAwaited() {
  pthread_cond_t awaited = PTHREAD_COND_INITIALIZER;
  std::thread waiter([&] {
    first.lock();
    pthread_cond_wait(&awaited, first.native_handle());
  });
  waiter.detach();
  std::this_thread::sleep_for(1s);
  pthread_cond_destroy(&awaited);
  return 0;
}

int BringsTwoMutexes() {
  std::thread([] {
    std::unique_lock lock(first);
    condition.wait_for(lock, 1h);
  }).detach();
  std::this_thread::sleep_for(1s);
  std::unique_lock lock(second);
  condition.wait_for(lock, 1s);
  return 0;
}

int SpinsForEver() {
  std::atomic<bool> stop = false;
  std::jthread other([&] {
    while (!stop.load()) std::this_thread::yield();
  });
  return 0;
}

int LastsADay() {
  const auto begin = std::chrono::steady_clock::now();
  std::jthread sleeper([] { std::this_thread::sleep_for(24h); });
  sleeper.join();
  return std::chrono::steady_clock::now() - begin >= 24h ? 0 : 1;
}

// Twenty seconds are plenty for a holder who only yields.
int TimedLockIsLongEnough() {
  std::timed_mutex mutex;
  mutex.lock();
  int status = 0;
  std::thread other([&] { status = mutex.try_lock_for(20s) ? 0 : 1; });
  for (int i = 0; i < 100; ++i) std::this_thread::yield();
  mutex.unlock();
  other.join();
  return status;
}

int SleepsForOrder() {
  std::atomic<bool> done = false;
  std::thread other([&] { done = true; });
  std::this_thread::sleep_for(100ms);
  const bool seen = done;
  other.join();
  return seen ? 0 : 1;
}

int EverythingElse() {
  int value = 0;
  std::latch latch(2);
  std::barrier barrier(2);
  std::counting_semaphore<4> semaphore(0);
  std::shared_mutex shared;
  std::once_flag once;
  std::promise<int> promise;
  std::atomic<int> word = 0;
  std::jthread other([&](std::stop_token token) {
    latch.arrive_and_wait();
    barrier.arrive_and_wait();
    semaphore.acquire();
    std::call_once(once, [&] { ++value; });
    {
      std::shared_lock lock(shared);
      promise.set_value(value);
    }
    word.wait(0);
    while (!token.stop_requested()) std::this_thread::yield();
  });
  latch.arrive_and_wait();
  barrier.arrive_and_wait();
  semaphore.release();
  std::call_once(once, [&] { ++value; });
  const int got = promise.get_future().get();
  word.store(1);
  word.notify_one();
  std::unique_lock lock(shared);
  return got == 1 ? 0 : 1;
}

constexpr Scenario kScenarios[] = {
    {"locked-counter", LockedCounter},
    {"locks-crossed", LocksCrossed},
    {"waits-without-predicate", WaitsWithoutPredicate},
    {"notifies-one-of-two", NotifiesOneOfTwo},
    {"notifies-one-condition-only", NotifiesOneConditionOnly},
    {"waits-in-an-if", WaitsInAnIf},
    {"waits-properly", WaitsProperly},
    {"locks-itself", LocksItself},
    {"unlocks-others", UnlocksOthers},
    {"unlocks-free", UnlocksFree},
    {"frees-locked-mutex", FreesLockedMutex},
    {"destroys-awaited", DestroysAwaited},
    {"brings-two-mutexes", BringsTwoMutexes},
    {"spins-for-ever", SpinsForEver},
    {"lasts-a-day", LastsADay},
    {"timed-lock-is-long-enough", TimedLockIsLongEnough},
    {"sleeps-for-order", SleepsForOrder},
    {"everything-else", EverythingElse},
};

}  // namespace

int main(int argc, char** argv) { return RunScenario(kScenarios, argc, argv); }
