// Scenarios on refusals and on how a pool ends.
#pragma once

#include <sys/resource.h>

#include "order.h"

namespace driver {

// refused WORKERS
inline void Refused(Words words) {
  const int workers = words.Int();
  Tell("pool", Ending([&] {
         const pool::Pool pool(workers);
         return std::string("made");
       }));
}

// closed NUMBER
inline void ClosedPool(Words words) {
  const int number = words.Int();
  const auto hand_in = [&](pool::Pool& pool) {
    return Ending([&] {
      pool.apply_async(Number, 3);
      return std::string("taken");
    });
  };
  pool::Pool closed(2);
  Ints results;
  for (int i = 0; i < 6; ++i) results.push_back(closed.apply_async(Number, number + i));
  closed.close();
  Tell("after_close", hand_in(closed));
  for (const auto& result : results) Tell("result", EndingOf(result));
  closed.join();
  Tell("after_join", hand_in(closed));
  pool::Pool terminated(2);
  terminated.terminate();
  Tell("after_terminate", hand_in(terminated));
}

// join_too_early NUMBER
inline void JoinTooEarly(Words words) {
  const int number = words.Int();
  const auto join = [](pool::Pool& pool) {
    const auto ending = Ending([&] {
      pool.join();
      return std::string("joined");
    });
    return ending == "Closed" || ending == "invalid_argument" ? std::string("logic_error") : ending;  // they are
  };
  pool::Pool pool(2);
  const auto before = pool.apply_async(Number, number);
  Tell("join", join(pool));
  const auto after = pool.apply_async(Number, number + 1);
  Tell("before", EndingOf(before));
  Tell("after", EndingOf(after));
  pool.close();
  Tell("join_closed", join(pool));
  pool::Pool other(2);
  other.terminate();
  Tell("join_terminated", join(other));
}

// join NUMBER TASKS: everything is done, everybody is gone, and the results stay, even behind the pool's end.
inline void Join(Words words) {
  const int number = words.Int();
  const int tasks = words.Int();
  Ints results;
  {
    pool::Pool pool(3);
    for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(Number, number + i));
    pool.close();
    pool.join();
    int done = 0;
    for (int i = 0; i < tasks; ++i) done += board->ends[static_cast<std::size_t>(number + i)];
    Tell("done", done);
    Tell("no_children", HasNoChildren() ? 1 : 0);
    for (const auto& result : results) Tell("ready", result.ready() ? 1 : 0);
  }
  for (const auto& result : results) Tell("result", EndingOf(result));
}

inline void TellFates(const Ints& results) {
  for (const auto& result : results) Tell("ready", result.ready() ? 1 : 0);
  for (const auto& result : results) Tell("result", EndingOf(result));
}

// One that is done, two that never end, and some that wait.
inline Ints FillWithEndless(pool::Pool& pool, int number) {
  Ints results = {pool.apply_async(Number, number)};
  results[0].get();
  for (int i = 1; i <= 2; ++i) results.push_back(pool.apply_async(IgnoreTermination, number + i));
  ReadyUntil(results[1], [&] { return board->begun == 3; });
  for (int i = 3; i < 6; ++i) results.push_back(pool.apply_async(Number, number + i));
  return results;
}

// terminate NUMBER
inline void Terminate(Words words) {
  pool::Pool pool(2);
  const Ints results = FillWithEndless(pool, words.Int());
  pool.terminate();
  Tell("no_children", HasNoChildren() ? 1 : 0);
  TellFates(results);
  pool.terminate();
  pool.close();
  pool.join();
}

// destructor NUMBER
inline void Destructor(Words words) {
  Ints results;
  {
    pool::Pool pool(2);
    results = FillWithEndless(pool, words.Int());
  }
  Tell("no_children", HasNoChildren() ? 1 : 0);
  TellFates(results);
}

// Sets how many the system gives: of the limit that was in force.
class Shortage {
 public:
  Shortage(__rlimit_resource what, rlim_t most) : what_(what) {
    ::getrlimit(what_, &before_);
    const rlimit now{most, before_.rlim_max};
    if (::setrlimit(what_, &now) != 0) ::_exit(95);
  }
  ~Shortage() { ::setrlimit(what_, &before_); }
  Shortage(const Shortage&) = delete;
  Shortage& operator=(const Shortage&) = delete;

 private:
  __rlimit_resource what_;
  rlimit before_{};
};

// The least limit on processes with which so many more can be made.
inline rlim_t LimitFor(int more) {
  std::vector<int> children;
  rlim_t limit = 1;
  while (static_cast<int>(children.size()) < more) {
    const Shortage shortage(RLIMIT_NPROC, limit);
    const int child = ::fork();
    if (child == 0) {
      while (true) ::pause();
    }
    if (child > 0) children.push_back(child);
    if (child < 0) ++limit;
  }
  for (const int child : children) {
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  return limit;
}

// What a pool opens once for all that come is no trace of this one.
inline void WarmUp() { pool::Pool(1).apply_async(Number, 8).get(); }

inline void TryPool(int workers) {
  const int descriptors = OpenDescriptors();
  const auto ending = Ending([&] {
    pool::Pool pool(workers);
    return pool.apply_async(Number, 7).get() == 7 ? std::string("works") : std::string("does not work");
  });
  Tell("pool", ending);
  Tell("no_children", HasNoChildren() ? 1 : 0);
  Tell("descriptors", OpenDescriptors() - descriptors);
}

// few_processes WORKERS POSSIBLE
inline void FewProcesses(Words words) {
  WarmUp();
  const int workers = words.Int();
  {
    const Shortage shortage(RLIMIT_NPROC, LimitFor(words.Int()));
    TryPool(workers);
  }
  TryPool(workers);
}

// few_descriptors WORKERS MORE
inline void FewDescriptors(Words words) {
  WarmUp();
  const int workers = words.Int();
  {
    const int next = ::dup(STDIN_FILENO);
    ::close(next);
    const Shortage shortage(RLIMIT_NOFILE, static_cast<rlim_t>(next + words.Int()));
    TryPool(workers);
  }
  TryPool(2);
}

}  // namespace driver
