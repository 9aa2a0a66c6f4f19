// thread.hpp, lab8: a thread with a name; the twin of lab4's Process and of Python's threading.Thread.
//
//   Thread reader([&] { read_all(file); }, {.name = "reader"});
//   reader.start();
//   if (!reader.join(2s)) std::puts("still reading");
//
// Fixed: everything outside the private section. Yours: the private section, and all of thread.cpp.
// Any function may be called by any threads at the same time, on one object too; only the destructor wants to be alone.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct ThreadOptions {
  std::string name = {};  // empty: Thread-1, Thread-2, …, counting the threads that were given no name
  bool daemon = false;    // true: the end of the program does not wait for this thread
};

struct ThreadInfo {
  std::string name;
  bool daemon;
};

class Thread {
 public:
  // A thread that will call target(), once. No thread runs before start(). Throws std::invalid_argument if target is
  // empty.
  explicit Thread(std::function<void()> target, ThreadOptions options = {});

  // Never waits. A running target goes on without the object, even if it had not yet begun. An object with a run() of
  // its own must live until join() has returned.
  virtual ~Thread();
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  // Starts the thread and does not wait for its work; from here on is_alive(), until target or run() has ended.
  // Throws std::logic_error at the second call, std::system_error if the system gives no thread.
  void start();

  // Sleeps until the thread has ended: everything it did is then visible, is_alive() is false, enumerate() omits it.
  // Any number of calls, by any number of threads. Throws std::logic_error before start(), and in the thread itself.
  void join();

  // As join(), for at most timeout (up to a day; zero or less only looks). True if the thread has ended; false only
  // when timeout has passed.
  bool join(std::chrono::nanoseconds timeout);

  // True from start() to the end of the thread.
  bool is_alive() const;

  std::string name() const;
  void set_name(std::string name);  // at any time, from any thread

  bool daemon() const;
  void set_daemon(bool daemon);  // Throws std::logic_error after start().

  // The threads that are alive at one moment: first the main thread, as {"MainThread", false}, then in order of
  // start().
  static std::vector<ThreadInfo> enumerate();

 protected:
  // For subclasses that override run().
  explicit Thread(ThreadOptions options = {});

  // The thread's work, called once, in the new thread, unless there is a target.
  virtual void run();

  // An exception that leaves target or run() ends this thread only, with "Exception in thread <name>: <what>" on
  // stderr.
  //
  // When main returns or a thread calls exit(), the program first waits for every other thread that is alive and no
  // daemon, also for those started meanwhile. A daemon runs until the process is gone, and may end harmlessly
  // meanwhile.

 private:
  struct State;
  struct Registry;

  const std::shared_ptr<State> state_;  // the thread has it as well, and needs no more than that
};
