// BoundedBuffer: what goes through it.
#include <algorithm>
#include <map>

#include "sync_check.h"

namespace grader::checks::lab09 {
namespace {

LAB_CHECK_F(SyncCheck, Buffer, RefusesCapacityZero, .points = 1,
            .hint = "A buffer for nothing would keep everybody waiting.",
            .title = "a capacity of 0 throws std::invalid_argument") {
  ExpectLines(AnyTime({{"buffer-of-nothing"}, "BoundedBuffer<Parcel> b(0);  // throws\nBoundedBuffer<Parcel> c(1);"}),
              {"capacity 0: std::invalid_argument", "capacity 1: nothing"});
}

LAB_CHECK_F(
    SyncCheck, Buffer, IsAQueue, .points = 4,
    .hint =
        "First in, first out, up to capacity items, however often it has been full and empty. What was not put is "
        "destroyed, and so is what is left when the buffer is.",
    .title = "a BoundedBuffer gives back the oldest item first, and holds no more than its capacity") {
  constexpr int kRounds = 3;
  const int capacity = Between(2, 4), negative = Between(1, 1'000'000'000);
  const auto empty = [](const std::string& when) {
    return when + ": size() 0, get(0ns) empty, with a negative timeout empty, items 0";
  };
  std::vector<std::string> lines{empty("at first")};
  for (int round = 0; round < kRounds; ++round) {
    lines.push_back(
        fmt::format("full: size() {0}, put(item, 0ns) false, with a negative timeout false, items {0}", capacity));
    std::string got = "got";
    for (int item = 0; item < capacity; ++item) got += fmt::format(" {}", round * capacity + item);
    lines.push_back(got);
    lines.push_back(empty("empty"));
  }
  lines.emplace_back("items when the buffer is gone: 0");
  ExpectLines(AnyTime({{"buffer-alone", std::to_string(capacity), std::to_string(negative)},
                       fmt::format("BoundedBuffer<Parcel> b({});\n/* {} times: put until it is full, then get all */",
                                   capacity, kRounds)}),
              lines);
}

LAB_CHECK_F(SyncCheck, Buffer, TakesAllThatCanBeMoved, .points = 3,
            .hint =
                "An Item can be moved into a new place. It need not have a default constructor, or an assignment, or "
                "copies: std::deque and std::optional ask no more.",
            .title = "items only have to be movable into a new place") {
  const auto run =
      Run(RunOptions{.program = "items",
                     .scenario = "struct Box { explicit Box(int); Box(Box&&) noexcept; /* and nothing else */ };\n"
                                 "BoundedBuffer<Box> b(2);"});
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, PrintsLines({"true 0 1", "true 2 3", "true 4 5",
                                "a word that is too long to be kept inside of the string itself"}));
}

LAB_CHECK_F(SyncCheck, Buffer, LetsPuttersWait, .points = 3,
            .hint = "Who puts into a full buffer sleeps until somebody has got an item, and holds no mutex meanwhile.",
            .needs = {"Buffer.IsAQueue"},
            .title = "put() sleeps while the buffer is full, and each get() lets one go on") {
  const int capacity = Between(1, 3);
  std::vector<std::string> lines;
  for (int got = 0; got < 3; ++got) {
    lines.push_back(
        fmt::format("put {}, size() {}, put(item, 0ns) false", std::min(capacity + got, capacity + 2), capacity));
    lines.push_back(fmt::format("get() {}", got));
  }
  lines.push_back(fmt::format("put {}, size() {}, items {}", capacity + 2, capacity - 1, capacity - 1));
  ExpectLines(TimeOfSleepers({{"buffer-full", std::to_string(capacity)},
                              fmt::format("BoundedBuffer<Parcel> b({});\n// a thread puts {} items\n"
                                          "b.size(); b.put(item, 0ns); b.get();  // when it sleeps, 3 times",
                                          capacity, capacity + 2)},
                             250),
              lines);
}

LAB_CHECK_F(
    SyncCheck, Buffer, LetsGettersWait, .points = 3,
    .hint = "Who gets from an empty buffer sleeps until somebody has put an item, and holds no mutex meanwhile.",
    .needs = {"Buffer.IsAQueue"}, .title = "get() sleeps while the buffer is empty, and each put() lets one go on") {
  const int getters = Between(2, 3);
  std::vector<std::string> lines{"get(0ns) empty"};
  for (int got = 0; got < getters; ++got) lines.push_back(fmt::format("got {}, size() 0", got));
  lines.push_back(fmt::format("got {}, size() 0, items 0", getters));
  ExpectLines(TimeOfSleepers({{"buffer-empty", std::to_string(getters)},
                              fmt::format("BoundedBuffer<Parcel> b(2);\n// {} threads: b.get(); or b.get(20h);\n"
                                          "b.put(item);  // when all sleep, {} times",
                                          getters, getters)},
                             250),
              lines);
}

struct Traffic {
  int capacity;
  int putters;
  int getters;
  int items;  // of each putter
  bool timed = false;
};

// Of the driver's lines "got SENDER:NUMBER ...", one for each getter.
std::optional<Problem> WrongDelivery(const Traffic& traffic, const std::vector<std::string>& lines) {
  std::map<std::string, int> times;
  for (const auto& line : lines) {
    std::map<std::string, int> newest;
    for (std::size_t at = line.find(' '); at != line.npos; at = line.find(' ', at + 1)) {
      const auto word = line.substr(at + 1, line.find(' ', at + 1) - at - 1);
      const auto colon = word.find(':');
      if (colon == word.npos) return Problem{"it printed something else", lines, {}};
      const int number = std::atoi(word.c_str() + colon + 1);
      const auto [before, first] = newest.emplace(word.substr(0, colon), number);
      if (!first && number <= before->second)
        return Problem{"a thread got a newer item before an older one", lines, {}};
      before->second = number;
      ++times[word];
    }
  }
  for (int putter = 0; putter < traffic.putters; ++putter) {
    for (int number = 0; number < traffic.items; ++number) {
      const int got = times[fmt::format("{}:{}", putter, number)];
      if (got != 1) return Problem{fmt::format("item {}:{} was got {} times", putter, number, got), lines, {}};
    }
  }
  return std::nullopt;
}

RunMatcher DeliversOnceInOrder(const Traffic& traffic) {
  return Judge("each item is got once, older ones of a thread before newer ones, and nothing is left",
               [traffic](const Observation& run) -> std::optional<Problem> {
                 auto lines = Lines(run);
                 if (lines.empty() || lines.back() != "then size() 0, items 0") {
                   return Problem{"something is left", lines, {}};
                 }
                 lines.pop_back();
                 return WrongDelivery(traffic, lines);
               });
}

class TrafficCheck : public SyncCheck {
 protected:
  void Delivers(const Traffic& traffic, int schedules) {
    const auto [capacity, putters, getters, items, timed] = traffic;
    Explore(TimeOfSleepers({{"buffer-passes", std::to_string(capacity), std::to_string(putters),
                             std::to_string(getters), std::to_string(items), timed ? "timed" : "untimed"},
                            fmt::format("BoundedBuffer<Parcel> b({});\n// {} put {} each, {} get {} each{}", capacity,
                                        Threads(putters), Items(items), Threads(getters),
                                        Items(putters * items / getters), timed ? ", with timeouts of 20h" : "")},
                           schedules),
            [&](const ScheduledRun& run) {
              ASSERT_THAT(run, ExitsCleanly());
              ASSERT_THAT(run, DeliversOnceInOrder(traffic));
            });
  }

 private:
  static std::string Threads(int n) { return Count(static_cast<std::size_t>(n), "thread", "threads"); }
  static std::string Items(int n) { return Count(static_cast<std::size_t>(n), "item", "items"); }
};

LAB_CHECK_F(
    TrafficCheck, Buffer, DeliversEachItemOnce, .points = 6,
    .hint =
        "Three things must be one step each: finding an item and taking it; finding none and falling asleep; "
        "putting one and waking somebody who wants it. If putters and getters wait for one condition, notify_one "
        "may wake the wrong kind.",
    .needs = {"Buffer.IsAQueue"}, .title = "among many threads each item is got once, in order, and nobody hangs") {
  for (const auto& [traffic, schedules] : {std::pair{Traffic{1, 2, 2, 2}, 800},
                                           {Traffic{2, 1, 2, 4}, 250},
                                           {Traffic{1, 2, 2, 2, true}, 250},
                                           {Traffic{2, 3, 1, 2}, 250},
                                           {Traffic{1, 3, 3, 1}, 250}}) {
    Delivers(traffic, schedules);
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(SyncCheck, Buffer, TellsItsSize, .points = 2,
            .hint = "size() reads what others change: it needs the same mutex.", .needs = {"Buffer.IsAQueue"},
            .title = "size() may be called at any time, and two buffers are two") {
  const int capacity = Between(1, 2);
  ExpectLines(
      AnyTime(
          {{"buffer-size", std::to_string(capacity)},
           fmt::format("BoundedBuffer<Parcel> b({});\n// two threads put 2 each, another gets 4, a fourth calls size()",
                       capacity)},
          250),
      {"size() was never more than the capacity: true", "then size() 0"});
  if (HasFailure()) return;
  ExpectLines(TimeOfSleepers({{"buffer-of-two"},
                              "BoundedBuffer<Parcel> b(1), c(1);\n// a thread: b.get();\n"
                              "c.put(item); c.get(0ns);\nb.put(item);"},
                             300),
              {"the other one: size() 1, get(0ns) 1; got 0", "this one: size() 0, got 1"});
}

LAB_CHECK_F(SyncCheck, Buffer, WaitsAsleep, .points = 2,
            .hint = "A std::condition_variable or a semaphore puts a thread to sleep until it is woken.",
            .needs = {"Buffer.IsAQueue"}, .title = "who waits for room or for an item sleeps") {
  ExpectSleepers("getters", "// threads: b.get(); and b.get(20h);");
  if (HasFailure()) return;
  ExpectSleepers("putters", "// b is full; threads: b.put(2); and b.put(3, 20h);");
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab09
