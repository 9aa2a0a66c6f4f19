// Scenes for what holds for all objects: destroying, leaving nothing, failing.
#pragma once

#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>

#include "semaphores.h"
#include "shm.hpp"
#include "stage.h"

namespace scenes {

// One of each, that can be destroyed at will.
struct Objects {
  std::optional<shm::Lock> lock;
  std::optional<shm::Semaphore> semaphore;
  std::optional<shm::Value<long>> value;
  std::optional<shm::Array<long>> array;

  explicit Objects(long number) {
    lock.emplace();
    semaphore.emplace(3);
    value.emplace(number);
    array.emplace(std::initializer_list<long>{number, number});
  }
  void Destroy() {
    lock.reset();
    semaphore.reset();
    value.reset();
    array.reset();
  }
  // Uses each once, as if it were alone.
  void Use() {
    {
      const std::scoped_lock all(*lock, value->get_lock(), array->get_lock());
      value->value() += 1;
      (*array)[1] += 1;
    }
    semaphore->acquire();
    semaphore->release();
  }
  void Tell(const char* who) {
    Say("%s: value %ld, array %ld %ld, semaphore %d", who, value->value(), (*array)[0], (*array)[1],
        semaphore->value());
  }
};

// NUMBER: a child destroys them while the parent goes on.
inline void ChildDestroys(const Words& words) {
  Objects objects(Number(words[0]));
  objects.Use();
  stage::Finish(stage::Spawn([&] {
    objects.Use();
    objects.Destroy();
  }));
  objects.Use();
  stage::Finish(stage::Spawn([&] { objects.Use(); }));
  objects.Tell("the parent");
}

// NUMBER: the process that made them destroys them while its child goes on; and the lock is held meanwhile.
inline void ParentDestroys(const Words& words) {
  Objects objects(Number(words[0]));
  const stage::Event destroyed;
  const stage::Event held;
  const pid_t child = stage::Spawn([&] {
    objects.lock->lock();
    held.Send();
    destroyed.Wait();
    stage::Finish(stage::Spawn([&] { Say("a grandchild tries: %s", stage::InWords(objects.lock->try_lock())); }));
    Say("the child unlocks: %s", stage::Thrown([&] { objects.lock->unlock(); }));
    objects.Use();
    stage::Finish(stage::Spawn([&] { objects.Use(); }));
    objects.Tell("the child");
  });
  held.Wait();
  objects.Destroy();
  destroyed.Send();
  stage::Finish(child);
}

// A child destroys a semaphore and a lock for which others wait.
inline void DestroyedWhileOthersWait(const Words&) {
  Objects objects(0);
  Board& board = stage::MakeBoard();
  shm::Semaphore semaphore(0);
  objects.lock->lock();
  const pid_t for_lock = stage::Spawn([&] {
    ++board.called;
    objects.lock->lock();
    objects.lock->unlock();
    ++board.passed;
  });
  const pid_t for_semaphore = stage::Spawn([&] {
    ++board.called;
    semaphore.acquire();
    ++board.passed;
  });
  stage::AwaitSleep(board, 2, {for_lock, for_semaphore});
  stage::Finish(stage::Spawn([&] {
    objects.Destroy();
    semaphore.~Semaphore();
  }));
  Say("before: %d", board.passed.load());
  objects.lock->unlock();
  semaphore.release();
  stage::Finish(for_lock);
  stage::Finish(for_semaphore);
  Say("after: %d", board.passed.load());
}

// END: all processes use the objects; then all are killed, or end without destroying anything.
inline void AllEnd(const Words& words) {
  Objects objects(1);
  Board& board = stage::MakeBoard();
  objects.Use();
  objects.lock->lock();
  std::vector<pid_t> children;
  for (int child = 0; child < 3; ++child) {
    children.push_back(stage::Spawn([&] {
      objects.semaphore->acquire();
      ++board.called;
      objects.lock->lock();
    }));
  }
  stage::AwaitSleep(board, 3, children);
  for (const pid_t child : children) stage::Kill(child);
  Say("in use");
  stage::Die(words[0]);
}

struct Holdings {
  long descriptors = 0;
  long mappings = 0;
};

inline Holdings CountHoldings() {
  Holdings holdings;
  for (int number = 0; number < 4096; ++number) holdings.descriptors += fcntl(number, F_GETFD) != -1 ? 1 : 0;
  const int maps = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  char text[4096];
  for (ssize_t size = 0; (size = read(maps, text, sizeof text)) > 0;) {
    holdings.mappings += std::count(text, text + size, '\n');
  }
  close(maps);
  return holdings;
}

// ROUNDS: objects are made, used and destroyed, again and again.
inline void MakeAndDestroy(const Words& words) {
  constexpr int kFirst = 10;
  constexpr std::size_t kMebibyte = 1 << 20;
  CountHoldings();
  Holdings first;
  for (int round = 1; round <= Number(words[0]); ++round) {
    Objects(round).Use();
    if (round % 10 == 0) shm::Array<double> large(kMebibyte / sizeof(double));
    if (round == kFirst) first = CountHoldings();
  }
  const Holdings last = CountHoldings();
  Say("more descriptors: %ld", last.descriptors - first.descriptors);
  Say("more mappings: %ld", last.mappings - first.mappings);
}

// ROUNDS: the same objects are used, again and again, by ever new processes too.
inline void UseOften(const Words& words) {
  constexpr int kFirst = 10;
  Objects objects(0);
  Holdings first;
  for (int round = 1; round <= Number(words[0]); ++round) {
    objects.Use();
    objects.semaphore->acquire(std::chrono::seconds(1));
    objects.semaphore->release();
    if (round % 50 == 0) stage::Finish(stage::Spawn([&] { objects.Use(); }));
    if (round == kFirst) first = CountHoldings();
  }
  const Holdings last = CountHoldings();
  Say("more descriptors: %ld", last.descriptors - first.descriptors);
  Say("more mappings: %ld", last.mappings - first.mappings);
}

// What the system cannot give.
inline void Refused(const Words&) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file over the limit is an error like others then
  Say("2^50 bytes: %s", stage::Thrown([] { shm::Array<char> array(std::size_t{1} << 50); }));
  Say("2^61 + 2 numbers: %s", stage::Thrown([] { shm::Array<long long> array((std::size_t{1} << 61) + 2); }));
}

// KIND: no further memory, and no further file.
inline void NothingLeft(const Words& words) {
  std::free(std::malloc(100'000));  // small allocations still succeed
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_AS, &none) == -1) stage::Break("setrlimit");
  if (setrlimit(RLIMIT_NOFILE, &none) == -1) stage::Break("setrlimit");
  const auto make = [&] {
    if (words[0] == "lock") {
      shm::Lock lock;
      lock.lock();
      lock.unlock();
    }
    if (words[0] == "semaphore") {
      shm::Semaphore semaphore(1);
      semaphore.acquire();
    }
    if (words[0] == "value") {
      shm::Value<int> value(1);
      value.value() = 2;
    }
    if (words[0] == "array") {
      shm::Array<int> array(5);
      array[4] = 2;
    }
  };
  Say("%s", stage::Thrown(make));
}

}  // namespace scenes
