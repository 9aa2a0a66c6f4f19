// Many processes at one queue.
#include <fmt/format.h>

#include <map>
#include <sstream>

#include "../probes/content.h"
#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

// A line "CONSUMER PRODUCER NUMBER SIZE DIGEST".
struct Got {
  int consumer = -1;
  unsigned producer = 0;
  unsigned number = 0;
  std::string message;
};

std::vector<Got> AllGot(const Observation& run) {
  std::vector<Got> all;
  for (const auto& line : Told(run, "got")) {
    Got got;
    std::istringstream stream(line);
    stream >> got.consumer >> got.producer >> got.number;
    std::getline(stream >> std::ws, got.message);
    all.push_back(got);
  }
  return all;
}

// The driver's message of that label.
std::string Labelled(unsigned producer, unsigned number, std::uint64_t seed) {
  const std::uint64_t own = content::Mixed(seed + producer);
  const auto rest = content::Message(own, number, content::Mixed(own + number) % 200);
  std::vector<std::byte> message;
  for (const std::uint32_t part : {producer, number}) {
    for (int shift = 0; shift < 32; shift += 8) message.push_back(static_cast<std::byte>(part >> shift));
  }
  message.insert(message.end(), rest.begin(), rest.end());
  return content::Told(message);
}

struct Crowd {
  unsigned producers;
  unsigned consumers;
  unsigned each;
  int maxsize;
};

RunMatcher LosesAndRepeatsNothing(const Crowd& crowd, std::int64_t seed) {
  return Judge(
      "each message is got exactly once, whole, and in the order in which its producer put it",
      [crowd, seed](const Observation& run) -> std::optional<Problem> {
        if (!run.out.complete()) return Problem{"it printed more than is looked at", {}, {}};
        std::map<std::pair<unsigned, unsigned>, int> times;
        std::map<std::pair<int, unsigned>, unsigned> next;  // of a consumer, from a producer
        for (const auto& got : AllGot(run)) {
          if (got.producer >= crowd.producers || got.number >= crowd.each ||
              got.message != Labelled(got.producer, got.number, static_cast<std::uint64_t>(seed))) {
            return Problem{"a process got a message that nobody had put: " + InWords(got.message), {}, {}};
          }
          if (++times[{got.producer, got.number}] > 1) {
            return Problem{fmt::format("message {} of producer {} was got twice", got.number, got.producer), {}, {}};
          }
          auto& due = next[{got.consumer, got.producer}];
          if (got.number < due) {
            return Problem{fmt::format("a consumer got message {} of producer {} after message {}", got.number,
                                       got.producer, due - 1),
                           {},
                           {}};
          }
          due = got.number + 1;
        }
        const std::size_t all = std::size_t{crowd.producers} * crowd.each;
        if (times.size() == all) return std::nullopt;
        return Problem{
            fmt::format("{} of {} were lost", Count(all - times.size(), "message", "messages"), all), {}, {}};
      });
}

class CrowdCheck : public IpcCheck {
 protected:
  RunOptions Many(const Crowd& crowd, std::int64_t seed) {
    return Scenario({"many", std::to_string(crowd.producers), std::to_string(crowd.consumers),
                     std::to_string(crowd.each), std::to_string(crowd.maxsize), std::to_string(seed)},
                    fmt::format("Queue queue({});   // {} processes put {} messages each, {} get them", crowd.maxsize,
                                crowd.producers, crowd.each, crowd.consumers));
  }

  void DeliversAll(const Observation& run, const Crowd& crowd, std::int64_t seed) {
    ExpectAll(run, {});
    if (HasFailure()) return;
    ASSERT_THAT(run, LosesAndRepeatsNothing(crowd, seed));
    ASSERT_THAT(run, Tells({"the queue is empty at the end", "state", {"0 true false"}}));
  }
};

LAB_CHECK_F(CrowdCheck, Queue, DeliversEachMessageOnce, .points = 4,
            .hint =
                "Two processes that read one pipe get each a part, unless a message is taken in one read(2), or "
                "under a lock. The same holds for writing more than PIPE_BUF bytes: pipe(7).",
            .title = "many processes put and get: each message is got exactly once") {
  for (const Crowd& crowd :
       {Crowd{4, 4, 600, 0}, Crowd{4, 4, 250, static_cast<int>(Size(1, 3))}, Crowd{3, 1, 200, 5}}) {
    const auto seed = Seed();
    ForEachRun({.watched = 1, .native = 1}, Many(crowd, seed),
               [&](const Observation& run) { DeliversAll(run, crowd, seed); });
    if (HasFailure()) return;
  }
  const Crowd few{2, 2, 4, 2};
  const auto seed = Seed();
  ForEachSchedule(8, Many(few, seed), [&](const Observation& run) { DeliversAll(run, few, seed); });
}

LAB_CHECK_F(IpcCheck, Queue, DoesNotGiveUpTooSoon, .points = 2,
            .hint =
                "Full means that there is no room, not that somebody else is just at work in the queue: whoever waits "
                "for a lock that is held for a moment is not waiting for room.",
            .title = "put() and get() without block succeed when there is room and a message") {
  const auto seed = Seed();
  const auto options = Scenario({"rush", "4", "32", std::to_string(seed)},
                                "Queue queue;   // 4 processes: queue.put(m, false), 32 times; then queue.get(false)");
  ForEachRun({.watched = 1, .native = 4}, options, [&](const Observation& run) {
    const std::vector<std::string> all(128, "returned");
    ExpectAll(run,
              {{"put(m, false) returns: there is room for all", "put", all},
               {"get(false) returns a message: there is one for each call", "get", all},
               {"the queue is full in between, and empty at the end", "state", {"128 false true", "0 true false"}}});
  });
}

LAB_CHECK_F(IpcCheck, Queue, LetsOthersPassASleeper, .points = 3,
            .hint =
                "Whoever sleeps must hold no lock that others need, and must not change what all share: O_NONBLOCK "
                "belongs to the open file, so to all processes, fcntl(2).",
            .title = "who sleeps in put() or get() does not hold up a call that may not wait") {
  const auto seed = Seed();
  const auto run =
      Run(Scenario({"beside", std::to_string(seed)},
                   "// a child sleeps in queue.get()\nqueue.get(false);   queue.get(true, 20ms);   queue.put(m);\n"
                   "// then the same with a child in queue.put(m)"));
  const auto message = [seed](std::size_t number) { return Sent(seed, number, 9 + number); };
  ExpectAll(run, {{"get() without block, or with a timeout, throws Empty while another process sleeps in get()", "get",
                   std::vector<std::string>(4, "Empty")},
                  {"the process that slept in get() gets the message that is put", "getter", {message(0)}},
                  {"put() without block, or with a timeout, throws Full while another process sleeps in put()", "put",
                   std::vector<std::string>(4, "Full")},
                  {"get() returns the oldest message", "first", {message(1)}},
                  {"the process that slept in put() goes on when there is room", "putter", {"returned"}},
                  {"its message is the next, and those that were refused are not there", "second", {message(2)}},
                  {"the queue is empty at the end", "state", {"0 true false"}}});
}

LAB_CHECK_F(IpcCheck, Queue, CountsAtEveryInstruction, .points = 2,
            .hint = "counter++ in shared memory is three steps: read, add, write. Under a lock, or atomic, it is one.",
            .title = "a process that is held up at any instruction of put() or get() spoils no count") {
  const auto seed = Seed();
  for (const std::string call : {"put", "get"}) {
    const auto options = Scenario(
        {"count", call, std::to_string(seed)},
        call == "put" ? "queue.put(message);   // in two processes\nqueue.qsize();   queue.get();   // as often as put"
                      : "queue.get();   // in two processes; there were four messages\nqueue.qsize();   queue.get();");
    const std::size_t rest = call == "put" ? 3 : 2;
    AtEachMoment({"victim", observe::Intervention::Unit::kInstructions, observe::Intervention::Action::kHold, 14},
                 options, [&](const Observation& run) {
                   ExpectAll(run,
                             {{"qsize() is the number of messages", "size", {std::to_string(rest)}},
                              {"so many messages can be got", "got", std::vector<std::string>(rest, Sent(seed, 0, 10))},
                              {"then the queue is empty", "state", {"0 true false"}}});
                 });
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Queue, WaitsItsTime, .points = 3,
            .hint = "Keep the moment at which to give up, and round up, if you have to round.",
            .title = "put() and get() throw Full and Empty only when the timeout has passed") {
  std::vector<std::string> args{"queuetimes"};
  for (const int milliseconds : {0, 1, 5, 20}) {
    args.push_back(std::to_string(milliseconds * 1'000'000 + random().Integer(800'000, 990'000)));
  }
  const auto run = Run(Scenario(args, "queue.get(true, timeout);   // nobody puts"));
  ExpectAll(run, {});
  if (HasFailure()) return;
  ASSERT_THAT(run, GivesUpInTime("get() throws Empty when the timeout has passed, and not before", "get", "Empty"));
  ASSERT_THAT(run, GivesUpInTime("put() throws Full when the timeout has passed, and not before", "put", "Full"));
}

}  // namespace
}  // namespace grader::checks::lab06
