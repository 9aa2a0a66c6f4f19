// A queue's order, its size, its refusals.
#include <fmt/format.h>

#include <deque>

#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

constexpr int kMaxSize = 128;
constexpr std::size_t kMaxMessage = 4'000;

// What a queue should do: the steps that the driver is to take, and what is to come of them.
class Model {
 public:
  Model(int maxsize, std::int64_t seed) : capacity_(maxsize == 0 ? kMaxSize : maxsize), seed_(seed) {
    args_ = {"script", std::to_string(maxsize), std::to_string(seed)};
    TellState();
  }

  // by 'p' this process, by 'P' another one
  void Put(char by, std::size_t size) {
    args_.push_back(by + std::to_string(size));
    const bool full = static_cast<int>(inside_.size()) == capacity_;
    puts_.emplace_back(full ? "Full" : "returned");
    if (!full) inside_.push_back(Sent(seed_, args_.size() - 4, size));
    TellState();
  }

  // by 'g' this process, by 'G' another one
  void Get(char by) {
    args_.push_back(std::string(1, by));
    gets_.push_back(inside_.empty() ? "Empty" : inside_.front());
    if (!inside_.empty()) inside_.pop_front();
    TellState();
  }

  const std::vector<std::string>& args() const { return args_; }

  std::vector<Expected> AllExpected() const {
    return {{"put() returns while there is room, and throws Full when there is none", "put", puts_},
            {"get() returns the oldest message, and throws Empty when there is none", "get", gets_}};
  }
  std::vector<std::string> states() const { return states_; }

 private:
  void TellState() {
    const auto size = static_cast<int>(inside_.size());
    states_.push_back(fmt::format("{} {} {}", size, size == 0, size == capacity_));
  }

  int capacity_;
  std::int64_t seed_;
  std::deque<std::string> inside_;
  std::vector<std::string> args_;
  std::vector<std::string> puts_;
  std::vector<std::string> gets_;
  std::vector<std::string> states_;
};

// "QSIZE EMPTY FULL", after each step.
RunMatcher TellsStates(const std::vector<std::string>& states) {
  return Judge("qsize(), empty() and full() are exact while nobody is inside put() or get()",
               [states](const Observation& run) -> std::optional<Problem> {
                 const auto told = Told(run, "state");
                 for (std::size_t i = 0; i < states.size(); ++i) {
                   if (i >= told.size()) return Problem{"it never came to that", {}, {}};
                   if (told[i] == states[i]) continue;
                   return Problem{fmt::format("after {}: {}", Count(i, "call", "calls"), told[i]),
                                  {"right would be: " + states[i]},
                                  {}};
                 }
                 return std::nullopt;
               });
}

class OrderCheck : public IpcCheck {
 protected:
  void Follows(const Model& model, int maxsize) {
    const auto run =
        Run(Scenario(model.args(), fmt::format("Queue queue({});   // then put() and get(), without block, "
                                               "in a random order, by two processes",
                                               maxsize)));
    ExpectAll(run, model.AllExpected());
    if (HasFailure()) return;
    EXPECT_THAT(run, TellsStates(model.states()));
  }
};

LAB_CHECK_F(OrderCheck, Queue, IsFirstInFirstOut, .points = 3,
            .hint = "One step at a time on paper: what is in the queue, who is the oldest?",
            .title = "a queue is first in, first out, and knows its size") {
  for (const int maxsize : {1, 2, static_cast<int>(Size(3, 7))}) {
    Model model(maxsize, Seed());
    for (int step = 0; step < 16 * maxsize + 20; ++step) {
      const bool other = random().Integer(0, 3) == 0;
      // In turns more is put and more is got, so that it is often full and often empty.
      if (random().Integer(0, 9) < (step / (2 * maxsize + 2) % 2 == 0 ? 8 : 2)) {
        model.Put(other ? 'P' : 'p', random().Integer(0, 4) == 0 ? 0 : Size(1, 300));
      } else {
        model.Get(other ? 'G' : 'g');
      }
    }
    Follows(model, maxsize);
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(OrderCheck, Queue, HoldsMaxsizeLongMessages, .points = 4,
            .hint =
                "A fresh pipe holds 64 KiB: fcntl(2), F_SETPIPE_SZ. 0 stands for 128, and 128 messages have 4,000 "
                "bytes each.",
            .title = "a queue holds maxsize messages, 128 of 4,000 bytes too") {
  for (const int maxsize : {0, kMaxSize, static_cast<int>(Size(9, 120))}) {
    Model model(maxsize, Seed());
    const int capacity = maxsize == 0 ? kMaxSize : maxsize;
    for (int i = 0; i <= capacity; ++i) model.Put('p', kMaxMessage);
    for (int i = 0; i < capacity / 2; ++i) model.Get('g');
    for (int i = 0; i <= capacity / 2; ++i) model.Put('p', Size(0, kMaxMessage));
    for (int i = 0; i <= capacity; ++i) model.Get('g');
    Follows(model, maxsize);
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Queue, RefusesWhatItCannotHold, .points = 2,
            .hint = "Check the arguments before you do anything.",
            .title = "a queue refuses a bad maxsize and a message that is too long") {
  const auto seed = Seed();
  const auto run = Run(Scenario({"refuses", std::to_string(seed)}, "Queue queue(129);   queue.put(Bytes(4'001));"));
  ExpectAll(run,
            {{"a maxsize outside 0 … 128 throws std::invalid_argument", "bad",
              std::vector<std::string>(5, "invalid_argument")},
             {"0, 1 and 128 are sizes", "good", {"returned", "returned", "returned"}},
             {"put() of more than 4,000 bytes throws std::length_error", "toolong", {"length_error", "length_error"}},
             {"put() takes 4,000 bytes", "longest", {"returned"}},
             {"what was refused is not in the queue", "state", {"1 false false"}},
             {"get() returns the one that was put", "get", {Sent(seed, 0, kMaxMessage)}}});
}

LAB_CHECK_F(IpcCheck, Queue, CloseConcernsOneProcess, .points = 3,
            .hint =
                "Others still use the queue: close only what this process holds. What put() took must be in the "
                "kernel, or in memory that is shared, before put() returns.",
            .title = "close() ends the use of the queue in one process, for the others nothing changes") {
  const auto seed = Seed();
  const auto message = [seed](std::size_t number) { return Sent(seed, number, 10 + number); };
  const auto run = Run(Scenario({"closes", std::to_string(seed)},
                                "// child 1: queue.put(m); queue.close();   child 2: queue.put(m), and is killed\n"
                                "queue.close();   // child 3 goes on with put() and get()"));
  const std::vector<std::string> twice(2, "Closed");
  const std::vector<std::string> four(4, "Closed");
  ExpectAll(run, {{"put() on a closed queue throws Closed", "closed-put", four},
                  {"get() on a closed queue throws Closed", "closed-get", four},
                  {"qsize() on a closed queue throws Closed", "closed-qsize", twice},
                  {"empty() on a closed queue throws Closed", "closed-empty", twice},
                  {"full() on a closed queue throws Closed", "closed-full", twice},
                  {"what was put stays for the other processes", "state", {"1 false false", "2 false false"}},
                  {"get() returns all that was put, whatever became of those who put it",
                   "get",
                   {message(0), message(1), message(2), message(3)}},
                  {"put() goes on as before for those who have not closed the queue",
                   "put",
                   {"returned", "returned", "returned", "Full"}},
                  {"what was opened after close() stays open when close() is called again, and the queue destroyed",
                   "foreign",
                   {"true"}}});
}

}  // namespace
}  // namespace grader::checks::lab06
