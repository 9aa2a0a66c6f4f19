// Scenarios on output, on two pools, and on what grows.
#pragma once

#include "deaths.h"

namespace driver {

// prints: what tasks print is there before their results, once; and what the program has printed, too.
inline void Prints(Words) {
  std::printf("first\n");  // and not flushed
  pool::Pool pool(2);
  const auto got = [](int task, const pool::AsyncResult<int>& result) {
    const std::string ending = EndingOf(result);
    TellLine("got " + std::to_string(task) + " " + ending);
  };
  for (int i = 0; i < 6; ++i) {
    got(i, i % 2 == 0 ? pool.apply_async(PrintWithStdio, i) : pool.apply_async(PrintWithStream, i));
  }
  got(6, pool.apply_async(PrintAndThrow, 6));
  std::printf("second\n");
  got(7, pool.apply_async(Die, 7, Death::kKill));
  Ints results;
  for (int i = 8; i < 16; ++i) results.push_back(pool.apply_async(PrintWithStdio, i));
  for (int i = 8; i < 16; ++i) got(i, results[static_cast<std::size_t>(i - 8)]);
  pool.close();
  pool.join();
}

// two_pools CODE: a program with two pools, and a child of its own.
inline void TwoPools(Words words) {
  const int code = words.Int();
  const int own = ::fork();
  if (own == 0) ::_exit(code);
  AwaitDeath(own);  // it stays a zombie, for whoever waits for anybody
  pool::Pool first(2);
  pool::Pool second(2);
  Ints results;
  for (int i = 0; i < 10; ++i) results.push_back((i % 2 == 0 ? first : second).apply_async(Number, i));
  const int victim = second.apply_async(Pid).get();
  AwaitSleep(victim);
  KillAndAwaitDeath(victim);
  results[0].get();
  for (int i = 10; i < 16; ++i) results.push_back((i % 2 == 0 ? first : second).apply_async(Number, i));
  second.close();
  second.join();
  Tell("children", static_cast<long>(Children().size()));
  TellEach(results);
  first.close();
  first.join();
  int status = 0;
  Tell("own", ::waitpid(own, &status, 0) == own && WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

// descriptors FEW MANY DEATHS
inline void Descriptors(Words words) {
  const int few = words.Int();
  const int many = words.Int();
  const int deaths = words.Int();
  pool::Pool pool(2);
  int done = 0;
  const auto work_until = [&](int tasks) {
    for (; done < tasks; ++done) pool.apply_async(Number, done).get();
    Tell("descriptors", OpenDescriptors());
    Tell("descriptors_of_worker", pool.apply_async(OpenDescriptors).get());
  };
  work_until(few);
  work_until(many);
  for (int death = 1; death <= deaths; ++death) {
    EndingOf(pool.apply_async(Die, many + death, Death::kKill));
    if (death == 3 || death == deaths) {
      Tell("descriptors_replaced", OpenDescriptors());
      Tell("descriptors_of_new_worker", pool.apply_async(OpenDescriptors).get());
    }
  }
}

// memory TASKS: large tasks, one after the other; nobody needs the earlier ones any more.
inline void Memory(Words words) {
  pool::Pool pool(2);
  const int tasks = words.Int();
  const std::string text(1 << 20, 'm');
  long bytes = 0;
  for (int i = 0; i < tasks; ++i) bytes += static_cast<long>(pool.apply_async(Shift, text, 1).get().size());
  Tell("bytes", bytes);
}

}  // namespace driver
