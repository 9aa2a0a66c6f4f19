// Scenarios in which workers die.
#pragma once

#include <algorithm>

#include "ends.h"

namespace driver {

inline void TellTask(int task, const pool::AsyncResult<int>& result) {
  const std::string ending = EndingOf(result);
  const auto index = static_cast<std::size_t>(task);
  TellLine("task " + std::to_string(task) + " " + ending + " " + std::to_string(board->begins.at(index)) + " " +
           std::to_string(board->ends.at(index)));
}

// Of each task how it ends, and how often it was begun and came to its end.
inline void TellEach(const Ints& results) {
  for (std::size_t i = 0; i < results.size(); ++i) TellTask(static_cast<int>(i), results[i]);
}

// deaths HOW TASKS VICTIM…: those tasks die with their workers.
inline void Deaths(Words words) {
  const auto how = static_cast<Death>(words.Int());
  const int tasks = words.Int();
  std::vector<int> victims;
  while (words.More()) victims.push_back(words.Int());
  pool::Pool pool(2);
  Ints results;
  for (int i = 0; i < tasks; ++i) {
    const bool dies = std::find(victims.begin(), victims.end(), i) != victims.end();
    results.push_back(dies ? pool.apply_async(Die, i, how) : pool.apply_async(Number, i));
  }
  TellEach(results);
  for (const auto& result : results) Tell("again", EndingOf(result));
  Tell("children", static_cast<long>(Children().size()));
  pool.close();
  pool.join();
  Tell("no_children", HasNoChildren() ? 1 : 0);
}

// deaths_in_join TASKS VICTIM…: they die when the pool is closed.
inline void DeathsInJoin(Words words) {
  const int tasks = words.Int();
  std::vector<int> victims;
  while (words.More()) victims.push_back(words.Int());
  pool::Pool pool(2);
  Ints results;
  for (int i = 0; i < tasks; ++i) {
    const bool dies = std::find(victims.begin(), victims.end(), i) != victims.end();
    results.push_back(dies ? pool.apply_async(DieLater, i) : pool.apply_async(Number, i));
  }
  pool.close();
  board->gate.Open(static_cast<int>(victims.size()));
  pool.join();
  Tell("no_children", HasNoChildren() ? 1 : 0);
  TellEach(results);
}

enum class NextCall { kReady, kGet, kGetWithTimeout, kApply, kCount };

inline void MakeCall(NextCall call, pool::Pool& pool, const pool::AsyncResult<int>& old) {
  switch (call) {
    case NextCall::kReady:
      old.ready();
      break;
    case NextCall::kGet:
      old.get();
      break;
    case NextCall::kGetWithTimeout:
      old.get(Nanoseconds(0));
      break;
    default:
      pool.apply_async(NoteVoid, 99);
  }
}

// replaced NEXT_CALL: an idle worker dies; who calls next, with whatever call, sees to it.
inline void Replaced(Words words) {
  const auto call = static_cast<NextCall>(words.Int());
  pool::Pool pool(2);
  const auto old = pool.apply_async(Pid);
  const int victim = old.get();
  AwaitSleep(victim);
  KillAndAwaitDeath(victim);
  MakeCall(call, pool, old);
  Tell("reaped", IsReaped(victim) ? 1 : 0);
  Tell("children", static_cast<long>(Children().size()));
  Ints results;
  for (int i = 0; i < 4; ++i) results.push_back(pool.apply_async(MeetIn, i, i / 2, 2));  // two at a time
  TellEach(results);
  pool.close();
  pool.join();
}

// unread NUMBER: a worker dies that has done its task, and the caller has not looked since.
inline void Unread(Words words) {
  const int number = words.Int();
  pool::Pool pool(1);
  const int worker = pool.apply_async(Pid).get();
  const auto result = pool.apply_async(Held, number);
  ReadyUntil(result, [&] { return board->begun == 1; });
  board->gate.Open(1);
  while (board->ends[static_cast<std::size_t>(number)] == 0) Nap(1);
  AwaitSleep(worker);
  KillAndAwaitDeath(worker);
  Tell("result", EndingOf(result));
  Tell("begins", board->begins[static_cast<std::size_t>(number)]);
  Tell("next", EndingOf(pool.apply_async(Number, number + 1)));
}

// dying ROUNDS TASKS MEGABYTES: the next tasks are handed in while an idle worker is dying.
inline void Dying(Words words) {
  const int rounds = words.Int();
  const int tasks = words.Int();
  const int megabytes = words.Int();
  Ints results;
  for (int round = 0; round < rounds; ++round) {
    pool::Pool pool(1);
    const int worker = pool.apply_async(Fatten, megabytes).get();
    AwaitSleep(worker);
    ::kill(worker, SIGKILL);
    for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(Number, round * tasks + i));
    pool.close();
    pool.join();
  }
  TellEach(results);
  TellOrder(0);
}

// exits: the pool is a global object, so a worker that was forked after its constructor has it destroyed by exit().
// Another worker has a task all the while, so the second exit() is that of the worker which replaces the first.
inline void Exits(Words) {
  static pool::Pool pool(2);
  Ints results = {pool.apply_async(Held, 0)};
  ReadyUntil(results[0], [&] { return board->begun == 1; });
  for (int i = 1; i <= 2; ++i) results.push_back(pool.apply_async(Die, i, Death::kExit));
  ReadyUntil(results[0], [&] { return results[2].ready(); });
  board->gate.Open(1);
  TellTask(0, results[0]);
}

// moments TASKS: a stretch from the end of task 1 to the beginning of its worker's next task.
inline void MomentsOfWorker(Words words) {
  const int tasks = words.Int();
  pool::Pool pool(1);
  Ints results;
  for (int i = 0; i < tasks; ++i) results.push_back(pool.apply_async(i == 1 ? MarkedNumber : UnmarkedNumber, i));
  TellEach(results);
  Tell("children", static_cast<long>(Children().size()));
  pool.close();
  pool.join();
  Tell("no_children", HasNoChildren() ? 1 : 0);
}

// orphans WORKERS BUSY QUEUED: the program is killed; of the workers some are idle, some have a task.
inline void Orphans(Words words) {
  pool::Pool pool(words.Int());
  const int busy = words.Int();
  const int queued = words.Int();
  Ints results;
  for (int i = 0; i < busy; ++i) results.push_back(pool.apply_async(OutliveParent, i));
  if (busy > 0) ReadyUntil(results[0], [&] { return board->begun == busy; });
  for (int i = 0; i < queued; ++i) results.push_back(pool.apply_async(OutliveParent, busy + i));
  for (const auto& result : results) result.ready();
  TellLine("dies");
  ::raise(SIGKILL);
}

// last_orphan WORKERS: the program is killed when all workers but the youngest are idle; that one's task lasts until
// the others have ended.
inline void LastOrphan(Words words) {
  const int workers = words.Int();
  pool::Pool pool(workers);
  Ints results;
  for (int i = 0; i < workers; ++i) results.push_back(pool.apply_async(OutliveOthers, i));
  ReadyUntil(results[0], [&] { return board->begun == workers; });
  for (const auto& pid : board->pids) board->chosen = std::max(board->chosen.load(), pid.load());
  board->gate.Open(workers);
  ReadyUntil(results[0], [&] {
    return std::count_if(results.begin(), results.end(), [](const auto& result) { return result.ready(); }) ==
           workers - 1;
  });
  for (const auto& pid : board->pids) {
    if (pid != 0) AwaitSleep(pid);
  }
  ::raise(SIGKILL);
}

// late DIES: a task, whose worker dies or not, and the next one.
inline void Late(Words words) {
  const bool dies = words.Int() == 1;
  pool::Pool pool(1);
  const auto result = dies ? pool.apply_async(Die, 0, Death::kKill) : pool.apply_async(Number, 0);
  EndingOf(result);
  TellEach({result, pool.apply_async(Number, 1)});
}

// moments_of_parent: a stretch of the program's own life with a pool.
inline void MomentsOfParent(Words) {
  ::prctl(PR_SET_NAME, "victim");
  {
    pool::Pool pool(2);
    Ints results;
    for (int i = 0; i < 4; ++i) results.push_back(pool.apply_async(Number, i));
    for (const auto& result : results) result.get();
    pool.close();
    pool.join();
  }
  ::prctl(PR_SET_NAME, "victim.");
}

}  // namespace driver
