// Scenarios on who does what when.
#pragma once

#include <sys/time.h>

#include <csignal>

#include "results.h"

namespace driver {

using Ints = std::vector<pool::AsyncResult<int>>;

inline void TellOrder(int first) {
  std::string numbers;
  for (int i = first; i < board->begun; ++i) numbers += " " + std::to_string(board->order[static_cast<std::size_t>(i)]);
  TellLine("order" + numbers);
}

// in_order WORKERS TASKS: all workers but one are held, so that the rest is done by the last one.
inline void InOrder(Words words) {
  const int held = words.Int() - 1;
  const int tasks = words.Int();
  pool::Pool pool(held + 1);
  Ints results;
  for (int i = 0; i < held; ++i) results.push_back(pool.apply_async(Held, i));
  if (held > 0) ReadyUntil(results[0], [&] { return board->begun == held; });
  for (int i = held; i < tasks; ++i) results.push_back(pool.apply_async(Number, i));
  results.push_back(pool.apply_async(OpenGate, tasks, held));
  pool.close();
  pool.join();
  TellOrder(held);
}

// One task lasts until the last but one has been done, and the others can go on only two by two, so: all three workers
// are needed, all the time.
inline Ints NeedThree(pool::Pool& pool) {
  constexpr int kRooms = 6;
  Ints results = {pool.apply_async(Held, 0)};
  for (int i = 0; i < 2 * kRooms; ++i) results.push_back(pool.apply_async(MeetIn, i + 1, i / 2, 2));
  results.push_back(pool.apply_async(OpenGate, 2 * kRooms + 1, 1));
  return results;
}

inline void IdleInGet(Words) {
  pool::Pool pool(3);
  const Ints results = NeedThree(pool);
  for (const auto& result : results) Tell("result", EndingOf(result));
  pool.close();
  pool.join();
}

// get() with a timeout that is far off.
inline void IdleInLongGet(Words) {
  pool::Pool pool(3);
  const Ints results = NeedThree(pool);
  for (const auto& result : results) Tell("result", result.get(std::chrono::hours(24)));
}

inline void IdleInJoin(Words) {
  pool::Pool pool(3);
  const Ints results = NeedThree(pool);
  pool.close();
  pool.join();
  for (const auto& result : results) Tell("result", EndingOf(result));
}

inline void IdleInReady(Words) {
  pool::Pool pool(3);
  const Ints results = NeedThree(pool);
  const bool done = ReadyUntil(results[0], [&] { return results[0].ready(); });
  Tell("done", done ? 1 : 0);
  if (!done) ::_exit(0);  // and nothing of it will go on
  for (const auto& result : results) Tell("result", EndingOf(result));
}

// hands_in WORKERS TASKS SIZE: no worker can take anything until everything has been handed in.
inline void HandsIn(Words words) {
  const int workers = words.Int();
  const int tasks = words.Int();
  const std::string text(static_cast<std::size_t>(words.Int()), 't');
  pool::Pool pool(workers);
  Ints held;
  for (int i = 0; i < workers; ++i) held.push_back(pool.apply_async(Held, i));
  ReadyUntil(held[0], [&] { return board->begun == workers; });
  Ints results;
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(SizeOf, text));
  Tell("handed_in", tasks);
  board->gate.Open(workers);
  long bytes = 0;
  for (const auto& result : results) bytes += result.get();
  Tell("bytes", bytes);
  pool.close();
  pool.join();
}

// hands_in_to_stopped WORKERS TASKS SIZE: the workers are idle, but stopped until everything has been handed in.
inline void HandsInToStopped(Words words) {
  pool::Pool pool(words.Int());
  const int tasks = words.Int();
  const std::string text(static_cast<std::size_t>(words.Int()), 't');
  const auto workers = Children();
  for (const int worker : workers) {
    AwaitSleep(worker);
    StopAndAwait(worker);
  }
  Ints results;
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(SizeOf, text));
  Tell("handed_in", tasks);
  for (const int worker : workers) ::kill(worker, SIGCONT);
  long bytes = 0;
  for (const auto& result : results) bytes += result.get();
  Tell("bytes", bytes);
}

using Nanoseconds = std::chrono::nanoseconds;

// get(timeout) on a task that is not done; what it does, and how long it took.
inline void TryGet(const pool::AsyncResult<int>& result, Nanoseconds timeout) {
  const auto before = std::chrono::steady_clock::now();
  const std::string ending = Ending([&] { return std::to_string(result.get(timeout)); });
  const Nanoseconds took = std::chrono::steady_clock::now() - before;
  TellLine("tried " + std::to_string(timeout.count()) + " " + std::to_string(took.count()) + " " + ending);
}

// timeouts NANOSECONDS…
inline void Timeouts(Words words) {
  pool::Pool pool(2);
  const auto held = pool.apply_async(Held, 0);
  Tell("ready", held.ready() ? 1 : 0);
  while (words.More()) TryGet(held, Nanoseconds(std::stoll(words.Text())));
  Tell("ready", held.ready() ? 1 : 0);
  pool.apply_async(OpenGate, 1, 1);
  Tell("result", held.get(std::chrono::hours(24)));
  Tell("ready", held.ready() ? 1 : 0);
  Tell("result", held.get(Nanoseconds(0)));
  Tell("result", held.get(Nanoseconds(-5)));
  Tell("begins", board->begins[0]);
}

// looks TASK: a task that is done is there for whoever only looks.
inline void Looks(Words words) {
  pool::Pool pool(1);
  const int task = words.Int();
  const auto result = pool.apply_async(Number, task);
  const bool ready = ReadyUntil(result, [&] { return result.ready(); });
  Tell("ready", ready ? 1 : 0);
  Tell("result", Ending([&] { return std::to_string(result.get(Nanoseconds(0))); }));
  const auto other = pool.apply_async(Number, task + 1);
  const auto look = [&] { return Ending([&] { return std::to_string(other.get(Nanoseconds(-1))); }); };
  const bool came = LookUntil([&] { return look() != "Timeout"; });
  Tell("came", came ? 1 : 0);
  Tell("result", look());
}

// asleep: the caller waits in each way for a task that sleeps, while other workers have nothing to do.
inline void AsleepInAll(Words) {
  constexpr int kLong = 250;
  pool::Pool pool(2);
  Tell("result", pool.apply_async(Nap, kLong).get());
  const auto longer = pool.apply_async(Nap, kLong);
  Tell("tried", Ending([&] { return std::to_string(longer.get(std::chrono::milliseconds(kLong / 2))); }));
  Tell("result", longer.get());
  pool.apply_async(Nap, kLong);
  pool.close();
  pool.join();
}

// How many signals were handled; the timer stops behind the last.
inline volatile std::sig_atomic_t signals_left = 0;

inline void OnSignal(int) {
  signals_left = signals_left - 1;
  if (signals_left > 0) return;
  const itimerval never{};
  ::setitimer(ITIMER_REAL, &never, nullptr);
}

inline void SignalEachMillisecond(int count) {
  signals_left = count;
  struct sigaction action {};
  action.sa_handler = OnSignal;  // and no SA_RESTART
  ::sigaction(SIGALRM, &action, nullptr);
  const itimerval each{{0, 1000}, {0, 1000}};
  ::setitimer(ITIMER_REAL, &each, nullptr);
}

// signals COUNT TASKS LETTER: everything, while signals come every millisecond.
inline void Signals(Words words) {
  SignalEachMillisecond(words.Int());
  pool::Pool pool(3);
  const int tasks = words.Int();
  const std::string text(700'000, static_cast<char>(words.Int()));
  std::vector<pool::AsyncResult<std::string>> results;
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(Shift, text, i % 5));
  const auto held = pool.apply_async(Held, 0);
  TryGet(held, std::chrono::milliseconds(20));
  TryGet(held, std::chrono::milliseconds(7));
  Tell("signals_left", signals_left);
  for (const auto& result : results) Tell("digest", Digest(result.get()));
  pool.apply_async(Nap, 20);
  board->gate.Open(1);
  pool.close();
  pool.join();
  Tell("held", EndingOf(held));
  Tell("no_children", HasNoChildren() ? 1 : 0);
  pool::Pool second(2);
  second.apply_async(Nap, 5).get();
  second.terminate();
  Tell("no_children", HasNoChildren() ? 1 : 0);
  const itimerval never{};
  ::setitimer(ITIMER_REAL, &never, nullptr);
}

}  // namespace driver
