// Races, the heap, exceptions, and the life of threads.
// sleep under test: in virtual time.
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "scenarios.h"

namespace {

int plain = 0;
std::atomic<int> flag = 0;

int PlainCounter() {
  std::jthread other([] { ++plain; });
  ++plain;
  return 0;
}

// The compiler may look at the flag only once, and loop for ever without an access.
int WaitsForAPlainFlag() {
  static bool go = false;
  std::jthread other([] {
    while (!go) {
    }
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  go = true;
  return 0;
}

int CopiesWhileWritten() {
  static char from[64];
  char to[64];
  std::jthread other([] { std::memset(from, 1, sizeof from); });
  std::memcpy(to, from, sizeof to);
  return 0;
}

// Four megabytes.
int FillsMuch() {
  std::jthread other([] {
    constexpr std::size_t kMuch = 4UL << 20;
    const std::unique_ptr<char[]> much(new char[kMuch]);
    std::memset(much.get(), 1, kMuch);
  });
  return 0;
}

// With the order, the value is published; without, its reading is a race.
template <std::memory_order kStore, std::memory_order kLoad>
int Publishes() {
  std::jthread other([] {
    plain = 1;
    flag.store(1, kStore);
  });
  while (flag.load(kLoad) == 0) std::this_thread::yield();
  return plain == 1 ? 0 : 1;
}

int PublishesByFences() {
  std::jthread other([] {
    plain = 1;
    std::atomic_thread_fence(std::memory_order_release);
    flag.store(1, std::memory_order_relaxed);
  });
  while (flag.load(std::memory_order_relaxed) == 0) std::this_thread::yield();
  std::atomic_thread_fence(std::memory_order_acquire);
  return plain == 1 ? 0 : 1;
}

int LosesAnUpdate() {
  std::atomic<int> count = 0;
  const auto add = [&] { count.store(count.load() + 1); };
  std::jthread other(add);
  add();
  other.join();
  return count == 2 ? 0 : 1;
}

int UsesAfterFree() {
  int* number = new int(1);
  std::jthread other([number] { delete number; });
  other.join();
  return *number;
}

int WritesPastTheEnd() {
  volatile char* text = new char[16];
  text[16] = 1;
  return 0;
}

int FreesTwice() {
  int* volatile number = new int(1);
  delete number;
  delete number;
  return 0;
}

int FreesALocal() {
  int number = 1;
  int* volatile pointer = &number;
  std::free(pointer);
  return 0;
}

int ThrowsInThread() {
  std::thread other([] { throw std::runtime_error("nobody catches me"); });
  other.join();
  return 0;
}

int ForgetsToJoin() {
  std::thread other([] {});
  return 0;
}

int JoinsTwice() {
  pthread_t thread;
  pthread_create(
      &thread, nullptr, [](void* argument) { return argument; }, nullptr);
  pthread_join(thread, nullptr);
  pthread_join(thread, nullptr);
  return 0;
}

int LeavesAThreadBehind() {
  std::thread([] {
    while (true) std::this_thread::sleep_for(std::chrono::hours(1));
  }).detach();
  return 0;
}

int Recurses(int depth) {
  volatile char room[1024];
  room[depth % 1024] = static_cast<char>(depth);
  return Recurses(depth + 1) + room[0];
}

int OverflowsTheStack() {
  int result = 0;
  std::thread([&] { result = Recurses(0); }).join();
  return result;
}

int FollowsNull() {
  int* volatile null = nullptr;
  return *null;
}

int Asserts() {
  std::cerr << "about to abort\n";
  std::abort();
}

int Forks() { return fork() == 0 ? 0 : 1; }

int EndsByPthreadExit() {
  pthread_t thread;
  struct Says {
    ~Says() { std::puts("unwound"); }
  };
  pthread_create(
      &thread, nullptr,
      [](void*) -> void* {
        const Says says;
        pthread_exit(reinterpret_cast<void*>(5));
      },
      nullptr);
  void* result = nullptr;
  pthread_join(thread, &result);
  return result == reinterpret_cast<void*>(5) ? 0 : 1;
}

int Echoes() {
  for (std::string line; std::getline(std::cin, line);) std::cout << "<" << line << ">\n";
  return 7;
}

int SharesAnException() {
  std::exception_ptr error;
  std::thread other([&] {
    try {
      throw std::runtime_error("shared");
    } catch (...) {
      error = std::current_exception();
    }
  });
  other.join();
  try {
    std::rethrow_exception(error);
  } catch (const std::exception& exception) {
    return std::strcmp(exception.what(), "shared");
  }
}

struct Loud {
  std::string name = "thread";
  ~Loud() { std::cout << name << " ends\n"; }
};
thread_local Loud loud;

int DestroysThreadLocals() {
  loud.name = "main";
  std::thread([] { loud.name = "other"; }).join();
  return 0;
}

// Two threads, three operations each on the same atomic: the digits tell the order.
int WritesDigits() {
  std::atomic<int> digits = 0;
  const auto write = [&](int digit) {
    for (int i = 0; i < 2; ++i) {
      int before = digits.load(std::memory_order_relaxed);
      while (!digits.compare_exchange_strong(before, before * 10 + digit)) {
      }
    }
  };
  std::thread one(write, 1);
  std::thread two(write, 2);
  one.join();
  two.join();
  std::printf("%d\n", digits.load());
  return 0;
}

constexpr Scenario kScenarios[] = {
    {"plain-counter", PlainCounter},
    {"waits-for-a-plain-flag", WaitsForAPlainFlag},
    {"fills-much", FillsMuch},
    {"copies-while-written", CopiesWhileWritten},
    {"publishes", Publishes<std::memory_order_release, std::memory_order_acquire>},
    {"publishes-relaxed", Publishes<std::memory_order_relaxed, std::memory_order_relaxed>},
    {"publishes-by-fences", PublishesByFences},
    {"loses-an-update", LosesAnUpdate},
    {"uses-after-free", UsesAfterFree},
    {"writes-past-the-end", WritesPastTheEnd},
    {"frees-twice", FreesTwice},
    {"frees-a-local", FreesALocal},
    {"throws-in-thread", ThrowsInThread},
    {"forgets-to-join", ForgetsToJoin},
    {"joins-twice", JoinsTwice},
    {"leaves-a-thread-behind", LeavesAThreadBehind},
    {"overflows-the-stack", OverflowsTheStack},
    {"follows-null", FollowsNull},
    {"asserts", Asserts},
    {"forks", Forks},
    {"ends-by-pthread-exit", EndsByPthreadExit},
    {"echoes", Echoes},
    {"shares-an-exception", SharesAnException},
    {"destroys-thread-locals", DestroysThreadLocals},
    {"writes-digits", WritesDigits},
};

}  // namespace

int main(int argc, char** argv) { return RunScenario(kScenarios, argc, argv); }
