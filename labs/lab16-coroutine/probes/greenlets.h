// Scenes with greenlets.
#pragma once

#include <sys/resource.h>

#include <array>
#include <memory>
#include <thread>

#include "greenlet.hpp"
#include "say.h"

namespace driver {

using Value = Greenlet::Value;

inline std::string Text(const Value& value) {
  if (const auto* text = std::any_cast<std::string>(&value)) return *text;
  return value.has_value() ? "a value of another type" : "no value";
}
inline Value ToParent(Value value = {}) { return Greenlet::current().parent()->switch_to(std::move(value)); }

// values WORD…: each goes in, and comes out with a mark.
inline void Values(Words words) {
  Greenlet marks([](Value value) -> Value {
    for (int i = 1; i < 4; ++i) value = ToParent(Text(value) + std::to_string(i));
    return Text(value) + "!";
  });
  for (const auto& word : words) Say(Text(marks.switch_to(word)));
  Say(marks.dead() ? "dead" : "alive");
  Greenlet nothing([](Value value) -> Value {
    Say("got " + Text(value));
    return {};
  });
  Say(Text(nothing.switch_to()));
}

// ends: a child ends when another child has switched to it: control goes to the parent.
inline void Ends(Words words) {
  Greenlet second([&](Value value) -> Value {
    Say("second got " + Text(value));
    return words[0];
  });
  Greenlet first([&](Value value) -> Value {
    Say("first got " + Text(value));
    Say("first goes on with " + Text(second.switch_to(words[1])));
    return words[2];
  });
  Say("main got " + Text(first.switch_to(words[3])));
  Say(second.dead() ? "second is dead" : "second is alive");
  Say(first.dead() ? "first is dead" : "first is alive");
  Say("main got " + Text(first.switch_to(words[4])));
}

// throws: what leaves a child goes to its parent, whoever switched to it last.
inline void Throws(Words words) {
  Greenlet second([&](Value) -> Value { throw std::runtime_error(words[0]); });
  Greenlet first([&](Value) -> Value {
    Say("first got " + Ending([&] { return Text(second.switch_to()); }));
    return words[1];
  });
  Say("main got " + Ending([&] { return Text(first.switch_to()); }));
  Say(second.dead() ? "second is dead" : "second is alive");
  Say("main got " + Ending([&] { return Text(first.switch_to(words[2])); }));
  // Each catches its own, while others are in the midst of a try.
  Greenlet catches([&](Value) -> Value {
    try {
      ToParent(words[0]);
      throw std::runtime_error(words[1]);
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
  });
  try {
    Say(Text(catches.switch_to()));
    throw std::runtime_error(words[2]);
  } catch (const std::runtime_error& error) {
    Say(error.what());
  }
  Say(Text(catches.switch_to()));
}

// rules: who is dead, who is whose parent, and what is refused.
inline void Rules(Words words) {
  Greenlet& main = Greenlet::current();
  Say(main.parent() == nullptr ? "main has no parent" : "main has a parent");
  Say(main.dead() ? "main is dead" : "main is alive");
  Say("to itself: " + Text(main.switch_to(words[0])));
  Greenlet* inside = nullptr;
  Greenlet child([&](Value) -> Value {
    inside = &Greenlet::current();
    Say("to itself: " + Text(Greenlet::current().switch_to(words[1])));
    ToParent();
    return {};
  });
  Say(child.parent() == &main ? "its parent is who made it" : "another parent");
  Say(child.dead() ? "before: dead" : "before: alive");
  child.switch_to();
  Say(inside == &child ? "current is the child" : "current is another");
  Say(&Greenlet::current() == &main ? "back in main" : "back elsewhere");
  Say(child.dead() ? "between: dead" : "between: alive");
  child.switch_to();
  Say(child.dead() ? "after: dead" : "after: alive");
  Say("a dead one: " + Ending([&] { return Text(child.switch_to()); }));
  Say("an empty function: " + Ending([] {
        Greenlet empty{Greenlet::Function()};
        return std::string("made");
      }));
  Greenlet waits([](Value) -> Value { return {}; });
  std::thread([&] {
    Say("of another thread: " + Ending([&] { return Text(waits.switch_to()); }));
    Greenlet own([](Value value) -> Value { return value; });
    Say("of this thread: " + Text(own.switch_to(words[2])));
  }).join();
}

// scarce WORD: makes greenlets while there is no more memory to have; then there is again.
inline void Scarce(Words words) {
  const auto make = [](std::vector<std::unique_ptr<Greenlet>>& made) {
    made.push_back(std::make_unique<Greenlet>([](Value value) -> Value { return value; }));
  };
  constexpr int kMore = 5'000;  // than fit into what has been taken from the kernel already
  std::vector<std::unique_ptr<Greenlet>> made;
  made.reserve(kMore);
  rlimit before{};
  ::getrlimit(RLIMIT_AS, &before);
  const rlimit none{1 << 20, before.rlim_max};
  ::setrlimit(RLIMIT_AS, &none);
  const auto ending = Ending([&] {
    for (int i = 0; i < kMore; ++i) make(made);
    return std::string("made");
  });
  ::setrlimit(RLIMIT_AS, &before);
  Say("without memory: " + ending);
  made.clear();
  make(made);
  Say("with memory: " + Text(made[0]->switch_to(words[0])));
}

// nested: a greenlet's child comes back to it.
inline void Nested(Words words) {
  Greenlet outer([&](Value value) -> Value {
    Greenlet inner([&](Value got) -> Value {
      Say("inner got " + Text(got));
      const auto again = ToParent(words[0]);
      Say("inner got " + Text(again));
      return words[1];
    });
    Say(inner.parent() == &Greenlet::current() ? "inner is a child of outer" : "inner has another parent");
    Say("outer got " + Text(inner.switch_to(value)));
    const auto from_main = ToParent(words[2]);
    Say("outer got " + Text(inner.switch_to(from_main)));
    return words[3];
  });
  Say("main got " + Text(outer.switch_to(words[4])));
  Say("main got " + Text(outer.switch_to(words[5])));
}

// deep: switches with 56 KiB of a stack in use.
inline int Descend(int depth) {
  std::array<volatile char, 1000> frame{};
  frame[static_cast<std::size_t>(depth) % frame.size()] = static_cast<char>(depth);
  if (depth == 0) {
    ToParent();
    return 0;
  }
  return Descend(depth - 1) + frame[static_cast<std::size_t>(depth) % frame.size()] / depth;
}
inline void Deep(Words) {
  std::vector<std::unique_ptr<Greenlet>> many;
  std::vector<int> depths;
  for (int i = 0; i < 20; ++i) {
    many.push_back(std::make_unique<Greenlet>([&depths, i](Value) -> Value {
      const double before = i + 0.5;
      depths.push_back(Descend(45));
      Say(std::to_string(2 * before));
      return {};
    }));
    many.back()->switch_to();
  }
  for (auto& greenlet : many) greenlet->switch_to();
  for (const int depth : depths) Say(std::to_string(depth));
}

// unwinds: who is destroyed while it is suspended.
inline void Unwinds(Words words) {
  {
    Greenlet never([](Value) -> Value {
      Say("never runs");
      return {};
    });
  }
  const auto holds = [](const std::string& name) {
    return [name](Value) -> Value {
      const Local outer("outer local of " + name);
      const Local inner("inner local of " + name);
      ToParent();
      Say("goes on");
      return {};
    };
  };
  {
    Greenlet suspended(holds(words[0]));
    suspended.switch_to();
    Say("destroys " + words[0]);
  }
  Say("back in main");
  auto victim = std::make_unique<Greenlet>(holds(words[1]));
  victim->switch_to();
  Greenlet killer([&](Value) -> Value {
    victim.reset();
    Say("back in the killer");
    return words[2];
  });
  Say("main got " + Text(killer.switch_to()));
}

// crowd COUNT: so many are suspended at once.
inline void Crowd(Words words) {
  const int count = std::stoi(words[0]);
  long sum = 0;
  std::vector<std::unique_ptr<Greenlet>> many;
  for (int i = 0; i < count; ++i) {
    many.push_back(std::make_unique<Greenlet>([&sum, i](Value) -> Value {
      ToParent();
      sum += i;
      return {};
    }));
    many.back()->switch_to();
  }
  for (auto& greenlet : many) greenlet->switch_to();
  Say(std::to_string(sum));
}

// row COUNT: one after the other; half of them are destroyed while suspended.
inline void Row(Words words) {
  const int count = std::stoi(words[0]);
  int ended = 0;
  for (int i = 0; i < count; ++i) {
    Greenlet one([&](Value) -> Value {
      std::array<volatile char, 30'000> used{};
      for (auto& byte : used) byte = 1;
      if (i % 2 == 0) ToParent();
      ++ended;
      return {};
    });
    one.switch_to();
  }
  Say(std::to_string(ended));
}

}  // namespace driver
