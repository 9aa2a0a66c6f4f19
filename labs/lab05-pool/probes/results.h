// Scenarios on what comes back.
#pragma once

#include <sched.h>

#include "children.h"
#include "words.h"

namespace driver {

// results WORKERS SALT TEXT NUMBER…
inline void Results(Words words) {
  pool::Pool pool(words.Int());
  const int salt = words.Int();
  const std::string text = words.Text();
  std::vector<pool::AsyncResult<long>> longs;
  while (words.More()) longs.push_back(pool.apply_async(Scramble, words.Int(), salt));
  const std::string with_zeros = text + std::string(3, '\0') + text;
  const auto shifted = pool.apply_async(Shift, with_zeros, 1);
  const auto empty = pool.apply_async(Shift, std::string(), 1);
  const auto point = pool.apply_async(Mirror, Point{salt, 0.5});
  const auto nothing = pool.apply_async(NoteVoid, 1);
  const auto pid = pool.apply_async(Pid);
  const auto copy = shifted;
  Tell("void", EndingOf(nothing));
  Tell("point", std::to_string(point.get().x) + " " + std::to_string(point.get().y));
  Tell("empty", Digest(empty.get()));
  Tell("shifted", Digest(copy.get()));
  Tell("shifted", Digest(shifted.get()));
  Tell("pid", pid.get());
  for (auto last = longs.rbegin(); last != longs.rend(); ++last) Tell("long", last->get());
  for (const auto& result : longs) Tell("long", result.get());
  pool.close();
  pool.join();
  Tell("noted", board->ends[1]);
}

// exactly WORKERS TASKS: one child per worker, now and for ever.
inline void Exactly(Words words) {
  const int workers = words.Int();
  pool::Pool pool(workers);
  Tell("children", static_cast<long>(Children().size()));
  std::vector<pool::AsyncResult<int>> results;
  const int tasks = words.Int();
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(Number, i));
  int wrong = 0;
  for (int i = 0; i < tasks; ++i) wrong += results[static_cast<std::size_t>(i)].get() == i ? 0 : 1;
  for (int i = 0; i < tasks; ++i) wrong += board->ends[static_cast<std::size_t>(i)] == 1 ? 0 : 1;
  Tell("wrong", wrong);
  pool.close();
  pool.join();
}

inline void UseCpus(int count) {
  cpu_set_t all;
  ::sched_getaffinity(0, sizeof all, &all);
  cpu_set_t some;
  CPU_ZERO(&some);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&some) < count; ++cpu) {
    if (CPU_ISSET(cpu, &all)) CPU_SET(cpu, &some);
  }
  if (::sched_setaffinity(0, sizeof some, &some) != 0) ::_exit(96);
}

// cpus COUNT: 0 leaves them as they are.
inline void Cpus(Words words) {
  if (const int count = words.Int(); count > 0) UseCpus(count);
  cpu_set_t mine;
  ::sched_getaffinity(0, sizeof mine, &mine);
  Tell("cpus", CPU_COUNT(&mine));
  pool::Pool pool;
  Tell("children", static_cast<long>(Children().size()));
  Tell("result", pool.apply_async(Number, 5).get());
}

// large WORKERS TASKS LETTER: 1 MiB each way, all handed in before the first result is taken.
inline void Large(Words words) {
  pool::Pool pool(words.Int());
  const int tasks = words.Int();
  const std::string text(1 << 20, static_cast<char>(words.Int()));
  std::vector<pool::AsyncResult<std::string>> results;
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(Shift, text, i % 5));
  for (const auto& result : results) Tell("digest", Digest(result.get()));
  pool.close();
  pool.join();
}

// untaken WORKERS TASKS LETTER: join() with results that nobody has taken.
inline void Untaken(Words words) {
  pool::Pool pool(words.Int());
  const int tasks = words.Int();
  const char letter = static_cast<char>(words.Int());
  std::vector<pool::AsyncResult<std::string>> results;
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(Repeat, (1 << 20) - i, letter));
  pool.close();
  pool.join();
  for (const auto& result : results) Tell("digest", Digest(result.get()));
}

// throws TEXT NUMBER
inline void Throws(Words words) {
  pool::Pool pool(2);
  const std::string text = words.Text();
  const int number = words.Int();
  const auto told = pool.apply_async(ThrowText, text);
  const auto odd = pool.apply_async(ThrowOddity, number);
  const auto unknown = pool.apply_async(ThrowNumber, number);
  const auto fine = pool.apply_async(Number, number);
  const auto what = [](const auto& result) {
    try {
      result.get();
    } catch (const pool::TaskFailed& failure) {
      return Digest(failure.what());
    } catch (...) {
      return std::string("another exception");
    }
    return std::string("nothing");
  };
  Tell("text", what(told));
  Tell("odd", what(odd));
  Tell("unknown", what(unknown));
  Tell("unknown", what(unknown));
  Tell("text", what(told));
  Tell("fine", EndingOf(fine));
  pool.close();
  pool.join();
}

}  // namespace driver
