// Scenes with the timeouts of BoundedBuffer. Those of put() and get() are the same, mirrored: `Side` tells which it is.
#pragma once

#include "buffers.h"

namespace scenes {

// A buffer of one item at which one side has to wait: it is empty, or full. Items are numbered from 1.
class Side {
 public:
  explicit Side(const std::string& name) : puts_(name == "put") {
    if (puts_) buffer_.put(Parcel(0, ++number_));
  }

  const char* call() const { return puts_ ? "put(item, timeout)" : "get(timeout)"; }

  // The side that has to wait. True if it did something; it keeps what it gets for a moment only.
  bool Do(stage::Nanoseconds timeout) {
    if (puts_) return buffer_.put(Parcel(1, 1), timeout);
    return buffer_.get(timeout).has_value();
  }
  void Do() {
    if (puts_) {
      buffer_.put(Parcel(1, 1));
    } else {
      buffer_.get();
    }
  }

  // The other side: it lets one of those go on. At once, if it can be sure not to wait.
  void Help() {
    if (puts_) {
      buffer_.get();
    } else {
      buffer_.put(Parcel(2, 2));
    }
  }
  void HelpAtOnce() {
    if (puts_) {
      buffer_.get(0ns);
    } else {
      buffer_.put(Parcel(2, 2), 0ns);
    }
  }

  // Undoes Help(), or waits until that is possible.
  void Hinder() {
    if (puts_) {
      buffer_.put(Parcel(3, 3));
    } else {
      buffer_.get();
    }
  }

  // Whether all is as if so many more had been put than got.
  void TellRest() const {
    Say("then size() %zu, items that exist besides: %d", buffer_.size(),
        Parcels().Get() - static_cast<int>(buffer_.size()));
  }

 private:
  const bool puts_;
  int number_ = 0;
  Buffer buffer_{1};
};

// SIDE MICROSECONDS: nobody helps.
inline void BufferTimesOut(const Words& words) {
  Side side(words[0]);
  TimedCall call;
  Crew crew;
  crew.Add([&] { call.Make([&] { return side.Do(Microseconds(words[1])); }); });
  crew.Join();
  call.Tell(side.call());
  side.TellRest();
}

// SIDE MICROSECONDS: others help, and hinder again at once, several times before the time is up.
inline void BufferComesAndGoes(const Words& words) {
  const auto timeout = Microseconds(words[1]);
  Side side(words[0]);
  TimedCall call;
  Crew crew;
  crew.Add([&] {
    call.Make([&] { return side.Do(timeout); });
    if (call.result) side.Help();
  });
  for (int time = 0; time < 6; ++time) {
    std::this_thread::sleep_for(timeout * 3 / 10);
    side.Help();
    side.Hinder();
  }
  crew.Join();
  call.Tell(side.call());
  side.TellRest();
}

// SIDE MICROSECONDS: help comes about when the time is up, and nobody else needs it.
inline void BufferHelpedInTime(const Words& words) {
  const auto timeout = Microseconds(words[1]);
  Side side(words[0]);
  TimedCall call;
  Clock::time_point helped{};
  {
    Crew crew;
    crew.Add([&] { call.Make([&] { return side.Do(timeout); }); });
    crew.Add([&] { std::this_thread::sleep_for(timeout); });
    side.Help();
    helped = Clock::now();
  }
  call.Tell(side.call(), timeout, helped);
  if (!call.result) Say("afterwards it is %s", InWords(side.Do(0ns)));
  side.TellRest();
}

// SIDE MICROSECONDS: one waits for a time and one for ever. Both are helped, the second time only if the first has
// gone to the one that waits for a time.
inline void BufferHelpsTwo(const Words& words) {
  const auto timeout = Microseconds(words[1]);
  Side side(words[0]);
  bool helped = false;
  Count returned;
  {
    Crew crew;
    crew.Add([&] { helped = side.Do(timeout); });
    Crew patient;
    patient.Add([&] {
      side.Do();
      returned.Add();
    });
    patient.Add([&] { std::this_thread::sleep_for(timeout); });
    side.HelpAtOnce();
    crew.Join();
    if (helped) side.HelpAtOnce();
  }
  Say("who waits for ever has returned: %d", returned.Get());
  side.TellRest();
}

}  // namespace scenes
