// Scenes of one thread's life: its start, its work, its end.
#pragma once

#include <memory>

#include "stage.h"
#include "thread.hpp"

namespace scenes {

inline void LifeOfOne(const Words&) {
  Gate gate;
  Count calls;
  bool elsewhere = false;
  const auto here = std::this_thread::get_id();
  Thread thread([&] {
    calls.Add();
    elsewhere = std::this_thread::get_id() != here;
    gate.Await();
  });
  UntilAllSleep();
  Say("before start(): is_alive() %s, calls %d", InWords(thread.is_alive()), calls.Get());
  thread.start();
  Say("after start(): is_alive() %s", InWords(thread.is_alive()));
  UntilAllSleep();
  Say("later: is_alive() %s, calls %d", InWords(thread.is_alive()), calls.Get());
  gate.Open();
  thread.join();
  Say("after join(): is_alive() %s, calls %d, in another thread %s", InWords(thread.is_alive()), calls.Get(),
      InWords(elsewhere));
}

inline void EmptyTargets(const Words&) {
  Say("std::function<void()>{}: %s", Thrown([] { Thread thread(std::function<void()>{}); }));
  Say("nullptr, with a name: %s", Thrown([] { Thread thread(nullptr, {.name = "x"}); }));
}

inline void StartTwice(const Words&) {
  Count calls;
  Gate gate;
  Thread thread([&] {
    calls.Add();
    gate.Await();
  });
  thread.start();
  Say("while it runs: %s", Thrown([&] { thread.start(); }));
  gate.Open();
  thread.join();
  Say("after join(): %s", Thrown([&] { thread.start(); }));
  Say("calls %d", calls.Get());
}

inline void StartAtOnce(const Words&) {
  Count calls, refused;
  Thread thread([&] { calls.Add(); });
  Crew crew;
  for (int starter = 0; starter < 2; ++starter) {
    crew.Add([&] {
      if (std::string(Thrown([&] { thread.start(); })) == "std::logic_error") refused.Add();
    });
  }
  crew.Join();
  thread.join();
  Say("std::logic_error was thrown by %d of 2, calls %d", refused.Get(), calls.Get());
}

class Adder : public Thread {
 public:
  Adder(int left, int right, ThreadOptions options) : Thread(std::move(options)), left_(left), right_(right) {}
  int sum() const { return sum_; }

 protected:
  void run() override { sum_ = left_ + right_; }

 private:
  int left_, right_;
  int sum_ = 0;
};

class Undecided : public Thread {
 public:
  explicit Undecided(int& number) : Thread([&number] { number += 1; }), number_(number) {}

 protected:
  void run() override { number_ += 100; }

 private:
  int& number_;
};

class Idle : public Thread {
 public:
  Idle() : Thread(ThreadOptions{.name = "idle"}) {}
};

// LEFT RIGHT
inline void Subclass(const Words& words) {
  auto adder = std::make_unique<Adder>(Number(words[0]), Number(words[1]), ThreadOptions{.name = "adder"});
  adder->start();
  adder->join();
  const int sum = adder->sum();
  adder.reset();
  Say("the sum is %d", sum);
  int number = 0;
  {
    Undecided thread(number);
    thread.start();
    thread.join();
  }
  Say("with a target, and a run() of its own: %d", number);
  Idle idle;
  idle.start();
  idle.join();
  Say("with neither, after join(): is_alive() %s", InWords(idle.is_alive()));
}

// NUMBER: objects are destroyed as soon as it is allowed.
inline void Destroyed(const Words& words) {
  Gate gate;
  Gate done;
  int number = 0;
  {
    Thread never_started([&] { number = -1; });
    // On the heap, where each use of what is no more is seen.
    const auto thread = std::make_unique<Thread>([&] {
      gate.Await();
      number = Number(words[0]);
      done.Open();
    });
    thread->start();
  }
  Say("the destructor returned");
  gate.Open();
  done.Await();
  Say("the target wrote %d", number);

  Gate started, deleted;
  Thread* own = nullptr;
  own = new Thread([&] {
    started.Await();
    delete own;
    deleted.Open();
  });
  own->start();
  started.Open();
  deleted.Await();
  Say("a thread deleted its own object");
}

// What a target has captured is copied or moved, and gone when the thread has ended.
inline void Captures(const Words&) {
  const auto token = std::make_shared<int>(7);
  {
    Thread thread([token] { (void)*token; });
    thread.start();
    thread.join();
  }
  UntilAllSleep();
  Say("it is held by %ld", token.use_count());
}

// NAME WHAT
inline void Exceptions(const Words& words) {
  Thread thrower([&] { throw std::runtime_error(words[1]); }, {.name = words[0]});
  Thread* itself = nullptr;
  Thread other(
      [&] {
        itself->set_name(itself->name() + "2");
        throw 42;
      },
      {.name = words[0]});
  itself = &other;
  thrower.start();
  thrower.join();
  Say("after the first: is_alive() %s", InWords(thrower.is_alive()));
  other.start();
  other.join();
  Say("after the second: is_alive() %s", InWords(other.is_alive()));
}

}  // namespace scenes
