// Scenes with BoundedBuffer: what goes through it.
#pragma once

#include <algorithm>
#include <optional>

#include "parcel.h"
#include "stage.h"
#include "sync.hpp"

namespace scenes {

using Buffer = BoundedBuffer<Parcel>;

using stage::InWords;

inline std::string InWords(const std::optional<Parcel>& parcel) {
  return parcel ? std::to_string(parcel->number()) : "empty";
}

inline void BufferOfNothing(const Words&) {
  Say("capacity 0: %s", Thrown([] { const Buffer buffer(0); }));
  Say("capacity 1: %s", Thrown([] { const Buffer buffer(1); }));
}

inline void SayEmpty(const char* when, Buffer& buffer, stage::Nanoseconds negative) {
  const std::size_t size = buffer.size();
  const std::string looks = InWords(buffer.get(0ns));
  const std::string looks_back = InWords(buffer.get(negative));
  Say("%s: size() %zu, get(0ns) %s, with a negative timeout %s, items %d", when, size, looks.c_str(),
      looks_back.c_str(), Parcels().Get());
}

inline void SayFull(const char* when, Buffer& buffer, stage::Nanoseconds negative) {
  const std::size_t size = buffer.size();
  const bool looks = buffer.put(Parcel(0, -2), 0ns);
  const bool looks_back = buffer.put(Parcel(0, -3), negative);
  Say("%s: size() %zu, put(item, 0ns) %s, with a negative timeout %s, items %d", when, size, InWords(looks),
      InWords(looks_back), Parcels().Get());
}

// CAPACITY NANOSECONDS: one thread, which waits for nothing, and goes round several times.
inline void BufferAlone(const Words& words) {
  const int capacity = Number(words[0]);
  const stage::Nanoseconds negative(-Number(words[1]));
  int put = 0;
  {
    Buffer buffer(static_cast<std::size_t>(capacity));
    SayEmpty("at first", buffer, negative);
    for (int round = 0; round < 3; ++round) {
      while (buffer.size() < static_cast<std::size_t>(capacity) && put < capacity * (round + 1)) {
        if (put % 3 == 0) buffer.put(Parcel(0, put));
        if (put % 3 == 1 && !buffer.put(Parcel(0, put), 0ns)) Say("put(item, 0ns) with room: false");
        if (put % 3 == 2 && !buffer.put(Parcel(0, put), 20h)) Say("put(item, 20h) with room: false");
        ++put;
      }
      SayFull("full", buffer, negative);
      std::string got;
      for (int left = capacity; left > 0; --left) {
        got += " " + (left % 3 == 0   ? std::to_string(buffer.get().number())
                      : left % 3 == 1 ? InWords(buffer.get(negative))
                                      : InWords(buffer.get(20h)));
      }
      Say("got%s", got.c_str());
      SayEmpty("empty", buffer, negative);
    }
    buffer.put(Parcel(0, put));
  }
  Say("items when the buffer is gone: %d", Parcels().Get());
}

// CAPACITY: who puts more than fits waits, and each get lets it put one more.
inline void BufferFull(const Words& words) {
  const int capacity = Number(words[0]);
  Buffer buffer(static_cast<std::size_t>(capacity));
  Count put;
  Crew crew;
  crew.Add([&] {
    for (int number = 0; number < capacity + 2; ++number) {
      if (number % 2 != 0) {
        if (!buffer.put(Parcel(0, number), 20h)) return;
      } else {
        buffer.put(Parcel(0, number));
      }
      put.Add();
    }
  });
  UntilAllSleep();
  for (int got = 0; got < 3; ++got) {
    const std::size_t size = buffer.size();
    const bool another = buffer.put(Parcel(1, 0), 0ns);
    Say("put %d, size() %zu, put(item, 0ns) %s", put.Get(), size, InWords(another));
    Say("get() %d", buffer.get().number());
    UntilAllSleep();
  }
  crew.Join();
  Say("put %d, size() %zu, items %d", put.Get(), buffer.size(), Parcels().Get());
}

// GETTERS: they wait, and each put lets one of them go on.
inline void BufferEmpty(const Words& words) {
  const int getters = Number(words[0]);
  Buffer buffer(2);
  Count got;
  Crew crew;
  for (int getter = 0; getter < getters; ++getter) {
    crew.Add([&, timed = getter % 2 != 0] {
      if (timed) {
        if (!buffer.get(20h)) return;
      } else {
        buffer.get();
      }
      got.Add();
    });
  }
  for (int put = 0; put < getters; ++put) {
    UntilAllSleep();
    if (put == 0) Say("get(0ns) %s", InWords(buffer.get(0ns)).c_str());
    Say("got %d, size() %zu", got.Get(), buffer.size());
    buffer.put(Parcel(0, put));
  }
  crew.Join();
  Say("got %d, size() %zu, items %d", got.Get(), buffer.size(), Parcels().Get());
}

// CAPACITY PUTTERS GETTERS ITEMS TIMED: all at once; each putter puts so many.
inline void BufferPasses(const Words& words) {
  const int putters = Number(words[1]), getters = Number(words[2]), items = Number(words[3]);
  const bool timed = words[4] == "timed";
  Buffer buffer(static_cast<std::size_t>(Number(words[0])));
  std::vector<std::string> got(static_cast<std::size_t>(getters));
  {
    Crew crew;
    for (auto& mine : got) {
      crew.Add([&] {
        for (int left = putters * items / getters; left > 0; --left) {
          const std::optional<Parcel> parcel = timed ? buffer.get(20h) : buffer.get();
          if (!parcel) return;
          mine += " " + std::to_string(parcel->sender()) + ":" + std::to_string(parcel->number());
        }
      });
    }
    for (int putter = 0; putter < putters; ++putter) {
      crew.Add([&, putter] {
        for (int number = 0; number < items; ++number) {
          if (!timed) {
            buffer.put(Parcel(putter, number));
          } else if (!buffer.put(Parcel(putter, number), 20h)) {
            return;
          }
        }
      });
    }
  }
  for (const auto& mine : got) Say("got%s", mine.c_str());
  Say("then size() %zu, items %d", buffer.size(), Parcels().Get());
}

// CAPACITY: another thread looks at the size meanwhile.
inline void BufferSize(const Words& words) {
  const auto capacity = static_cast<std::size_t>(Number(words[0]));
  Buffer buffer(capacity);
  std::size_t most = 0;
  {
    Crew crew;
    for (int putter = 0; putter < 2; ++putter) {
      crew.Add([&, putter] {
        for (int number = 0; number < 2; ++number) buffer.put(Parcel(putter, number));
      });
    }
    crew.Add([&] {
      for (int number = 0; number < 4; ++number) buffer.get();
    });
    crew.Add([&] {
      for (int look = 0; look < 3; ++look) most = std::max(most, buffer.size());
    });
  }
  Say("size() was never more than the capacity: %s", InWords(most <= capacity));
  Say("then size() %zu", buffer.size());
}

// Two buffers have nothing to do with each other.
inline void BufferOfTwo(const Words&) {
  Buffer first(1);
  Buffer second(1);
  Count got;
  Crew crew;
  crew.Add([&] {
    first.get();
    got.Add();
  });
  UntilAllSleep();
  second.put(Parcel(0, 1));
  UntilAllSleep();
  const std::size_t size = second.size();
  Say("the other one: size() %zu, get(0ns) %s; got %d", size, InWords(second.get(0ns)).c_str(), got.Get());
  first.put(Parcel(0, 2));
  crew.Join();
  Say("this one: size() %zu, got %d", first.size(), got.Get());
}

}  // namespace scenes
