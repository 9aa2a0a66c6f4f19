// process.hpp, lab4: a child process as an object, after Python's multiprocessing.Process.
//
//   Process worker([] { std::cout << "hello from " << getpid() << '\n'; }, {.name = "worker"});
//   worker.start();                              // from here on there is a child
//   worker.join();                               // it has ended, and is reaped
//   std::cout << *worker.exitcode() << '\n';     // 0
//
// Fixed: everything outside the private section, because programs you have never seen are compiled against it.
// Yours: the private section, and all of process.cpp.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

struct ProcessOptions {
  std::string name = {};  // empty: Process-1, Process-2, …, counting the processes that were given no name
  bool daemon = false;    // true: the child never outlives its parent
};

// In the child, only run() happens, with /dev/null as standard input. When run() returns, what it printed is written
// out and the child ends with exit code 0. When an exception leaves it, the child prints "Exception in process <name>:
// <what>" on standard error and ends with 1. exit(n) or _exit(n) inside run() ends it with n. Nothing else of the
// parent's happens in the child: not the code after start(), no atexit handler, no destructor of a global (but exit(n)
// asks for these). Output that was buffered in the parent at start() appears once.
//
// When the program ends, by return from main or by exit(), it first joins the children that still run; daemons it kills
// (SIGKILL) and reaps. So does a child whose run() has ended with those it started. And however else the parent ends,
// even by SIGKILL, its daemons end with it.
//
// Calls come from one thread, the main one, and start(), join() and terminate() from the process that constructed the
// object: in any other they throw std::logic_error. No call reaps a child that was not started by this class, and none
// is disturbed by a signal handler that runs meanwhile. Waiting is asleep: no spinning, no sleep-and-look-again.
class Process {
 public:
  // A process that will call target(), once. There is no child before start(). Throws std::invalid_argument if target
  // is empty.
  explicit Process(std::function<void()> target, ProcessOptions options = {});

  // Joins a child that still runs; if it is a daemon, kills (SIGKILL) and reaps it. Does nothing in another process
  // than the one that constructed the object.
  virtual ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Creates the child, and returns in the parent only. Throws std::logic_error at the second call, std::system_error if
  // the system gives no process.
  void start();

  // Sleeps until the child has ended, and reaps it. Any number of calls. Throws std::logic_error before start().
  void join();

  // As join(), for at most timeout (up to a day; zero or less only looks). True if the child has ended; false only when
  // timeout has passed.
  bool join(std::chrono::nanoseconds timeout);

  // Sends SIGTERM to the child, and does not wait. Does nothing once the child has ended. Throws std::logic_error
  // before start().
  void terminate();

  // True from start() to the end of the child: a zombie has ended, a stopped child has not. Never waits.
  bool is_alive();

  // Empty until the child has ended; then its exit code, 0 to 255, or -n if signal n killed it. Never waits.
  std::optional<int> exitcode();

  // Empty before start(); then the child's process id, for good. Inside run(): its own.
  std::optional<pid_t> pid() const;

  const std::string& name() const;

  bool daemon() const;
  void set_daemon(bool daemon);  // Throws std::logic_error after start().

 protected:
  // For subclasses that override run().
  explicit Process(ProcessOptions options = {});

  // The child's work: calls target, if there is one.
  virtual void run();

 private:
  [[noreturn]] void BeChild() noexcept;
  void RequireStartedHere(const char* call) const;  // throws std::logic_error
  bool Ended();                                     // whether it has; looks, and reaps it if so
  void Reap(int options);                           // waitpid(2): notes how it ended, if it has

  std::function<void()> target_;
  std::string name_;
  bool daemon_;
  pid_t here_;                // the process that constructed this
  std::optional<pid_t> pid_;  // once started
  std::optional<int> exitcode_;
  bool reaped_ = false;
  int end_ = -1;  // comes to its end of file when the child ends

  friend void EndChildren() noexcept;
};
