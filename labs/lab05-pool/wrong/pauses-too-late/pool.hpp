// pool.hpp, lab5: a pool of worker processes, after Python's multiprocessing.Pool.
//
//   int Square(int x) { return x * x; }
//
//   pool::Pool pool(4);                                              // four workers, forked now
//   pool::AsyncResult<int> result = pool.apply_async(Square, 7);
//   std::cout << result.get() << '\n';                               // 49
//   pool.close();                                                    // no more tasks
//   pool.join();                                                     // all done, all workers reaped
//
// Fixed: everything outside the private section of Pool, because programs you have never seen are compiled against it.
// Yours: that private section, and all of pool.cpp. task.hpp is given: it turns a call into bytes and back.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include "task.hpp"

namespace pool {

// apply_async() after close() or terminate().
struct Closed : std::logic_error {
  using logic_error::logic_error;
};
// The function threw: what() is its exception's, or "unknown exception" if that was no std::exception.
struct TaskFailed : std::runtime_error {
  using runtime_error::runtime_error;
};
// The worker died over the task, or terminate() came before its end.
struct WorkerLost : std::runtime_error {
  using runtime_error::runtime_error;
};
// get(timeout) waited in vain; the task goes on.
struct Timeout : std::runtime_error {
  using runtime_error::runtime_error;
};

// What the pool knows about one task. YOURS to define in pool.cpp, with the two functions that AsyncResult rests on.
struct State;
std::string Wait(State& state, std::optional<std::chrono::nanoseconds> timeout);  // get(), but in bytes
bool IsReady(State& state);                                                       // ready()

// A handle to the result of one task. Copies share it, and it may outlive the pool.
template <Result R>
class AsyncResult {
 public:
  explicit AsyncResult(std::shared_ptr<State> state) : state_(std::move(state)) {}

  // Sleeps until the task is done, and returns its result; as often as called. Throws TaskFailed or WorkerLost if it
  // has none.
  R get() const { return Decode<R>(Wait(*state_, std::nullopt)); }

  // As get(), for at most timeout (up to a day; zero or less only looks). Throws Timeout, only when that has passed.
  R get(std::chrono::nanoseconds timeout) const { return Decode<R>(Wait(*state_, timeout)); }

  // True when get() would return or throw at once. Never waits.
  bool ready() const { return IsReady(*state_); }

 private:
  std::shared_ptr<State> state_;
};

class Shop;

// A fixed number of worker processes that do all tasks. Tasks begin in the order in which they were handed in, and no
// worker is idle while one waits: at least while the caller is inside get() or join(), or calls ready() again and
// again.
// What a task prints is written out, once, before its result is ready.
//
// A worker that dies is reaped and replaced, at the latest when the caller next calls the pool or one of its results.
// Only the task it was doing is lost; if it was idle, none.
//
// If the parent dies, even by SIGKILL, each worker ends at the latest after the task it is doing. Calls come from one
// thread, the main one; none is disturbed by a signal handler that runs meanwhile. Waiting is asleep.
class Pool {
 public:
  // As many workers as this process has CPUs.
  Pool();

  // Forks the workers. Throws std::invalid_argument if workers is less than 1, std::system_error if the system gives
  // none.
  explicit Pool(int workers);

  // terminate().
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Hands in a task: one call of a plain function, in some worker, with copies of the arguments. All arguments
  // together, and the result, are at most 1 MiB. Does not wait for a worker, however many tasks are waiting. Throws
  // Closed.
  template <Result R, class... P>
  requires(Sendable<std::remove_cvref_t<P>>&&...) AsyncResult<R> apply_async(R (*function)(P...),
                                                                             std::type_identity_t<P>... arguments) {
    return AsyncResult<R>(submit(MakeTask(function, arguments...)));
  }

  // No more tasks; those handed in are still done. Does not wait.
  void close();

  // Sleeps until every task is done and every worker has ended and is reaped. Results stay available. Throws
  // std::logic_error unless close() or terminate() was called.
  void join();

  // Kills the workers (SIGKILL) and reaps them. Tasks that are not done are lost.
  void terminate();

 private:
  std::shared_ptr<State> submit(Task task);  // apply_async(), but with the call in bytes

  std::shared_ptr<Shop> shop_;
};

}  // namespace pool
