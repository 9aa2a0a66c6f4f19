// Scenes in which signal handlers run while a call waits.
#pragma once

#include <sys/time.h>

#include "semaphores.h"
#include "shm.hpp"
#include "stage.h"

namespace scenes {

inline Board* signal_board = nullptr;  // for handlers, which take no argument
inline int signals_to_come = 0;

inline void Handle(int signal, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;  // without SA_RESTART: calls that wait are interrupted
  if (sigaction(signal, &action, nullptr) == -1) stage::Break("sigaction");
}

inline void CountSignal(int) { ++signal_board->signals; }

// CALL SIGNALS: that many signals come while a child waits, each when it sleeps; then it gets what it waits for.
inline void SignalsWhileWaiting(const Words& words) {
  shm::Lock lock;
  shm::Semaphore semaphore(0);
  Board& board = stage::MakeBoard();
  signal_board = &board;
  lock.lock();
  Handle(SIGUSR1, CountSignal);
  const pid_t child = stage::Spawn([&] {
    ++board.called;
    bool taken = true;
    if (words[0] == "lock") lock.lock();
    if (words[0] == "acquire") semaphore.acquire();
    if (words[0] == "timed") taken = semaphore.acquire(std::chrono::hours(5));
    Say("taken: %s, too early: %s", stage::InWords(taken), stage::InWords(!board.open));
  });
  for (int sent = 1; sent <= Number(words[1]); ++sent) {
    stage::AwaitSleep(board, 1, {child});
    if (stage::StateOf(child) == 'Z') break;
    kill(child, SIGUSR1);
    for (int look = 0; look < 1000 && board.signals < sent && stage::StateOf(child) != 'Z'; ++look) stage::Rest();
  }
  stage::AwaitSleep(board, 1, {child});
  board.open = true;
  lock.unlock();
  semaphore.release();
  stage::Finish(child);
  Say("signals: %d", board.signals.load());
}

inline void ArmTimer() {
  const itimerval soon{{0, 0}, {0, 5000}};
  setitimer(ITIMER_REAL, &soon, nullptr);
}

inline void CountAndRearm(int) {
  ++signal_board->signals;
  if (--signals_to_come > 0) ArmTimer();
}

// NANOSECONDS SIGNALS: nobody releases; a signal comes every 5 ms, as long as there are any.
inline void SignalsBeforeTheTimeout(const Words& words) {
  shm::Semaphore semaphore(0);
  signal_board = &stage::MakeBoard();
  signals_to_come = Number(words[1]);
  Handle(SIGALRM, CountAndRearm);
  const auto timeout = stage::Nanoseconds(std::strtoll(words[0].c_str(), nullptr, 10));
  ArmTimer();
  const auto before = stage::Now();
  const bool taken = semaphore.acquire(timeout);
  const auto took = stage::Now() - before;
  const int signals = signal_board->signals;
  Handle(SIGALRM, SIG_IGN);
  Say("%s %lld %d", stage::InWords(taken), static_cast<long long>(took.count()), signals);
}

}  // namespace scenes
