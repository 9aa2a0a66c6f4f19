// Scenes with what is told about threads: names, daemons, enumerate().
#pragma once

#include <algorithm>
#include <memory>

#include "joins.h"
#include "life.h"
#include "stage.h"
#include "thread.hpp"

namespace scenes {

inline std::string Listed() {
  std::string text;
  for (const auto& [name, daemon] : Thread::enumerate()) text += " " + name + (daemon ? "(daemon)" : "");
  return text;
}

// NAME
inline void Names(const Words& words) {
  const auto nothing = [] {};
  Thread first(nothing);
  Thread named(nothing, {.name = words[0]});
  Idle idle;
  Thread second(nothing, {.daemon = true});
  Adder third(1, 2, {});
  for (const Thread* thread : {&first, &named, &second}) Say("%s", thread->name().c_str());
  Say("%s", idle.name().c_str());
  Say("%s", third.name().c_str());
  first.set_name("renamed");
  Say("%s", first.name().c_str());
  named.start();
  named.set_name(words[0] + " 2");
  named.join();
  Say("%s", named.name().c_str());
  named.set_name(words[0] + " 3");
  Say("%s", named.name().c_str());
}

// Two threads make threads without a name at the same time.
inline void NamesAtOnce(const Words&) {
  std::vector<std::string> names(4);
  {
    Crew crew;
    for (int maker = 0; maker < 2; ++maker) {
      crew.Add([&, maker] {
        for (int thread = 0; thread < 2; ++thread) {
          names[static_cast<std::size_t>(2 * maker + thread)] = Thread([] {}).name();
        }
      });
    }
  }
  std::sort(names.begin(), names.end());
  for (const auto& name : names) Say("%s", name.c_str());
}

inline void Daemons(const Words&) {
  Gate gate;
  Thread thread([&] { gate.Await(); });
  Thread daemon([] {}, {.daemon = true});
  Say("at first %s, with the option %s", InWords(thread.daemon()), InWords(daemon.daemon()));
  thread.set_daemon(true);
  Say("set %s", InWords(thread.daemon()));
  thread.set_daemon(false);
  Say("set back %s", InWords(thread.daemon()));
  thread.start();
  Say("set_daemon() while it runs: %s", Thrown([&] { thread.set_daemon(true); }));
  gate.Open();
  thread.join();
  Say("set_daemon() after its end: %s", Thrown([&] { thread.set_daemon(true); }));
  Say("at last %s", InWords(thread.daemon()));
}

// All that may be called at any time is called by several threads, while the thread is born and dies.
inline void AllAtOnce(const Words&) {
  Thread thread([] {}, {.name = "first"});
  std::string names;
  {
    Crew crew;
    crew.Add([&] {
      thread.set_name("second");
      (void)thread.is_alive();
      (void)thread.daemon();
      (void)Thread::enumerate();
    });
    crew.Add([&] {
      names = thread.name();
      (void)Thrown([&] { thread.set_daemon(true); });
      (void)Thrown([&] { thread.join(0ns); });
      (void)Thread::enumerate();
    });
    thread.start();
    thread.join();
  }
  Say("its name was one of the two: %s", InWords(names == "first" || names == "second"));
  Say("is_alive() %s, name() %s", InWords(thread.is_alive()), thread.name().c_str());
}

// In order of start, and nobody else.
inline void Enumerates(const Words&) {
  Say("nobody:%s", Listed().c_str());
  Gate gate, other_gate;
  const auto wait = [&] { gate.Await(); };
  Thread a(wait, {.name = "a"});
  Thread b([&] { other_gate.Await(); }, {.name = "b", .daemon = true});
  Thread c(wait, {.name = "c"});
  auto d = std::make_unique<Thread>(wait, ThreadOptions{.name = "d"});
  Thread never(wait, {.name = "never"});
  c.start();
  a.start();
  b.start();
  d->start();
  Say("four are started:%s", Listed().c_str());
  d.reset();
  a.set_name("A");
  other_gate.Open();
  b.join();
  Say("b has ended, d's object is gone, a is renamed:%s", Listed().c_str());
  gate.Open();
  a.join();
  c.join();
  std::string inside;
  Thread looks([&] { inside = Listed(); }, {.name = "looks"});
  UntilAllSleep();
  looks.start();
  looks.join();
  Say("in a thread:%s", inside.c_str());
  Say("all have ended:%s", Listed().c_str());
}

// WHEN: is_alive() and enumerate() tell one story, while the thread is born or dies.
inline void OneStory(const Words& words) {
  const bool born = words[0] == "born";
  Gate gate;
  Thread thread([&] { gate.Await(); }, {.name = "it"});
  std::string story;
  if (!born) thread.start();
  {
    Crew crew;
    crew.Add([&] {
      const bool before = thread.is_alive();
      const bool listed = IsListed("it");
      const bool after = thread.is_alive();
      story = std::string("is_alive() ") + InWords(before) + ", listed " + InWords(listed) + ", is_alive() " +
              InWords(after);
    });
    if (born) {
      thread.start();
    } else {
      gate.Open();
    }
  }
  Say("%s", story.c_str());
  gate.Open();
  thread.join();
}

// Two threads start one after the other, and end in that order: who sees the second sees the first, and so on.
inline void OneMoment(const Words& words) {
  const bool starts = words[0] == "starts";
  Gate first_gate, second_gate;
  Thread first([&] { first_gate.Await(); }, {.name = "first"});
  Thread second([&] { second_gate.Await(); }, {.name = "second"});
  std::string seen;
  if (!starts) {
    first.start();
    second.start();
  }
  {
    Crew crew;
    crew.Add([&] { seen = Listed(); });
    if (starts) {
      first.start();
      second.start();
    } else {
      first_gate.Open();
      first.join();
      second_gate.Open();
      second.join();
    }
  }
  Say("seen:%s", seen.c_str());
  first_gate.Open();
  second_gate.Open();
  first.join();
  second.join();
}

}  // namespace scenes
