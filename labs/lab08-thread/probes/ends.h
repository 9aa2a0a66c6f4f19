// Scenes with the end of the program. What the threads need then lives as long as the process.
#pragma once

#include <memory>

#include "stage.h"
#include "thread.hpp"

namespace scenes {

// Made before any other object of the program, and so destroyed after all of them.
struct Last {
  int work = 0;
  Count others;
  ~Last() { Say("the last object is destroyed: work %d, others %d", work, others.Get()); }
};

[[gnu::init_priority(101)]] inline Last last;

inline Gate& EndGate() {
  static auto* const gate = new Gate;
  return *gate;
}

// Objects of these scenes are never destroyed: some of them belong to threads that run to the end.
inline Thread& Make(std::function<void()> target, ThreadOptions options = {}) {
  return *new Thread(std::move(target), std::move(options));
}

inline void LeaveBy(const std::string& how) {
  if (how == "exit") std::exit(3);
}

// HOW: main returns, or calls exit(3), while a thread works.
inline void EndAwaitsOne(const Words& words) {
  Make([] {
    std::this_thread::sleep_for(10ms);
    last.work = last.work + 1;
    Say("the thread has done its work");
  }).start();
  Say("main ends");
  LeaveBy(words[0]);
}

// HOW: threads start others while the program waits.
inline void EndAwaitsAll(const Words& words) {
  Make([] {
    std::this_thread::sleep_for(10ms);
    Make([] {
      std::this_thread::sleep_for(10ms);
      last.work = last.work + 1;
      Make([] {
        std::this_thread::sleep_for(10ms);
        last.work = last.work + 10;
      }).start();
    }).start();
  }).start();
  {
    Thread gone([] {
      std::this_thread::sleep_for(15ms);
      last.others.Add();
    });
    gone.start();
  }
  LeaveBy(words[0]);
}

// HOW: a daemon waits for ever, another one helps a thread that the program waits for.
inline void EndLeavesDaemons(const Words& words) {
  Make([] { EndGate().Await(); }, {.daemon = true}).start();
  static auto* const asks = new Gate;
  static auto* const answers = new Gate;
  Make(
      [] {
        asks->Await();
        answers->Open();
      },
      {.daemon = true})
      .start();
  Make([] {
    std::this_thread::sleep_for(10ms);
    asks->Open();
    answers->Await();
    last.work = last.work + 1;
  }).start();
  LeaveBy(words[0]);
}

// HOW: daemons end while the program does.
inline void EndMeetsDaemons(const Words& words) {
  static auto* const gate = new Gate;
  for (int daemon = 0; daemon < 2; ++daemon) Make([] { gate->Await(); }, {.daemon = true}).start();
  gate->Open();
  LeaveBy(words[0]);
}

// A thread calls exit(), while main waits for it.
inline void EndByThread(const Words&) {
  Make([] {
    std::this_thread::sleep_for(10ms);
    last.work = last.work + 1;
  }).start();
  auto& leaves = Make([] { std::exit(4); });
  leaves.start();
  leaves.join();
  Say("main goes on");
}

// Nobody is left, or nobody was ever there.
inline void EndAtOnce(const Words& words) {
  if (words[0] == "ended") {
    Thread thread([] {});
    thread.start();
    thread.join();
  }
}

}  // namespace scenes
