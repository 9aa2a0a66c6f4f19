// Scenes with tasks.
#pragma once

#include <chrono>
#include <cstring>

#include "gevent.hpp"
#include "say.h"

namespace driver {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using Tasks = std::vector<gevent::TaskHandle>;

// order COUNT ROUNDS: tasks that give way again and again.
inline void Order(Words words) {
  Tasks tasks;
  for (int i = 0; i < std::stoi(words[0]); ++i) {
    tasks.push_back(gevent::spawn([i, rounds = std::stoi(words[1])] {
      for (int round = 0; round < rounds; ++round) {
        Say(std::to_string(i));
        gevent::sleep(round % 2 == 0 ? 0ns : -5ns);
      }
    }));
  }
  Say("spawned");
  gevent::joinall(tasks);
  Say("joined");
}

// family: a task spawns, and goes on until it waits.
inline void Family(Words) {
  gevent::spawn([] {
    Say("father begins");
    auto child = gevent::spawn([] { Say("child"); });  // and its handle is dropped
    child.reset();
    Say("father goes on");
    gevent::sleep(0ns);
    Say("father ends");
  }).reset();
  gevent::sleep(0ns);
  gevent::sleep(0ns);
  gevent::sleep(0ns);
  Say("main");
}

// sleepers MILLISECONDS…: in which order do they wake, and how many too early?
inline void Sleepers(Words words) {
  Tasks tasks;
  int early = 0;
  for (const auto& word : words) {
    tasks.push_back(gevent::spawn([&early, word] {
      const std::chrono::milliseconds duration(std::stoi(word));
      const auto begin = Clock::now();
      gevent::sleep(duration);
      if (Clock::now() - begin < duration) ++early;
      Say(word);
    }));
  }
  gevent::joinall(tasks);
  Say(std::to_string(early) + " too early");
}

// gets WORD NUMBER: what get() does.
inline void Gets(Words words) {
  const auto fails = gevent::spawn([&] {
    gevent::sleep(1ms);
    throw std::runtime_error(words[0]);
  });
  const auto odd = gevent::spawn([&] { throw std::stoi(words[1]); });
  const auto fine = gevent::spawn([] { gevent::sleep(2ms); });
  const auto ending = [](const gevent::TaskHandle& task) {
    return Ending([&] {
      task->get();
      return std::string("returned");
    });
  };
  Say(fails->dead() ? "dead at first" : "alive at first");
  Say(ending(fails));
  Say(fails->dead() ? "dead afterwards" : "alive afterwards");
  Say(ending(fails));
  Say(ending(odd));
  Say(ending(fine));
  Say(ending(fine));
  gevent::TaskHandle itself;
  itself = gevent::spawn([&] {
    Say("itself: " + ending(itself));
    Say("itself in a list: " + Ending([&] {
          gevent::joinall({fine, itself});
          return std::string("returned");
        }));
  });
  Say(ending(itself));
  Say("empty: " + Ending([] {
        gevent::spawn({});
        return std::string("spawned");
      }));
  // Several wait for one, also in tasks.
  const auto late = gevent::spawn([] { gevent::sleep(5ms); });
  Tasks waiters;
  for (int i = 0; i < 3; ++i) waiters.push_back(gevent::spawn([&] { Say(ending(late)); }));
  Say(gevent::joinall(waiters) ? "all dead" : "not all dead");
}

// joins: joinall() with time-outs.
inline void Joins(Words) {
  bool may_end = false;
  int turns = 0;
  const auto turns_on = gevent::spawn([&] {
    for (; !may_end; ++turns) gevent::sleep(1ms);
  });
  const auto fails = gevent::spawn([] { throw std::runtime_error("lost"); });
  const auto answer = [](bool all) { return std::string(all ? "true" : "false"); };
  for (const auto timeout : {20ms, 5ms, 0ms, -3ms}) {
    const auto begin = Clock::now();
    const bool all = gevent::joinall({turns_on, fails}, timeout);
    Say(answer(all) + (Clock::now() - begin < timeout ? " too early" : ""));
  }
  const int before = turns;
  gevent::sleep(5ms);
  Say(turns > before ? "goes on" : "stands still");
  may_end = true;
  Say(answer(gevent::joinall({turns_on, fails})));
  Say(answer(gevent::joinall({turns_on, fails}, 0ms)));
  Say(answer(gevent::joinall({})));
  Say(Ending([&] {
    fails->get();
    return std::string("returned");
  }));
}

// abandons: main returns while a task sleeps and another waits for it.
inline void Abandons(Words) {
  const auto sleeps = gevent::spawn([] { gevent::sleep(24h); });
  gevent::spawn([=] { sleeps->get(); });
  gevent::sleep(1ms);
  Say("main returns");
}

// many COUNT: so many tasks sleep at once.
inline void Many(Words words) {
  Tasks tasks;
  int inside = 0;
  int most = 0;
  for (int i = 0; i < std::stoi(words[0]); ++i) {
    tasks.push_back(gevent::spawn([&] {
      most = std::max(most, ++inside);
      gevent::sleep(100ms);
      --inside;
    }));
  }
  gevent::joinall(tasks);
  Say(std::to_string(inside) + " of " + std::to_string(most));
}

}  // namespace driver
