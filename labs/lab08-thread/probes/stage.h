// What the scenes of the driver are played with: threads, and words to tell what they see. Facts of a thread are kept
// by it, and told when it has been joined, so that nothing but the submission orders what its threads do.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace stage {

using Nanoseconds = std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;
using Words = std::vector<std::string>;
using namespace std::chrono_literals;

// One line, by one call.
[[gnu::format(printf, 1, 2)]] inline void Say(const char* format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  std::puts(line);
}

inline const char* InWords(bool truth) { return truth ? "true" : "false"; }
inline int Number(const std::string& word) { return static_cast<int>(std::strtol(word.c_str(), nullptr, 10)); }
inline Nanoseconds Microseconds(const std::string& word) { return std::chrono::microseconds(Number(word)); }

// What body throws, in words.
template <class Body>
const char* Thrown(const Body& body) {
  try {
    body();
  } catch (const std::invalid_argument&) {
    return "std::invalid_argument";
  } catch (const std::logic_error&) {
    return "std::logic_error";
  } catch (const std::exception&) {
    return "another exception";
  } catch (...) {
    return "no std::exception";
  }
  return "nothing";
}

// Threads that are joined when the scene is over, or before.
class Crew {
 public:
  Crew() = default;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew() { Join(); }

  template <class Body>
  void Add(Body body) {
    threads_.emplace_back(std::move(body));
  }

  void Join() {
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  std::deque<std::thread> threads_;
};

// A number that threads tell each other while a scene is going on, without ordering anything else between them.
class Count {
 public:
  void Add(int more = 1) { number_.fetch_add(more, std::memory_order_relaxed); }
  int Get() const { return number_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int> number_{0};
};

// Returns when all others sleep, where time passes only then: their time-outs are longer.
inline void UntilAllSleep() { std::this_thread::sleep_for(20ms); }

// Something that threads wait for, without the submission's help. It orders what was done before Open() and after
// Await().
class Gate {
 public:
  void Open() {
    open_ = true;
    open_.notify_all();
  }
  void Await() const { open_.wait(false); }

 private:
  std::atomic<bool> open_{false};
};

// A timed call: what it said, and how long it took by the clock.
struct TimedCall {
  bool result = false;
  Clock::time_point began{};
  Nanoseconds took{};

  template <class Call>
  void Make(const Call& call) {
    began = Clock::now();
    result = call();
    took = Clock::now() - began;
  }

  // What else made `call` true returned at `moment`.
  void Tell(const char* call, Nanoseconds timeout, Clock::time_point moment) const {
    Say("%s: %s, %s the timeout; what it waited for came %s", call, InWords(result),
        took < timeout ? "before" : "not before", moment < began + timeout ? "in time" : "late");
  }
  void Tell(const char* call) const {
    Say("%s: %s after %lld ns", call, InWords(result), static_cast<long long>(took.count()));
  }
};

}  // namespace stage

namespace scenes {

using stage::Clock;
using stage::Count;
using stage::Crew;
using stage::Gate;
using stage::InWords;
using stage::Microseconds;
using stage::Number;
using stage::Say;
using stage::Thrown;
using stage::TimedCall;
using stage::UntilAllSleep;
using stage::Words;
using namespace std::chrono_literals;

}  // namespace scenes
