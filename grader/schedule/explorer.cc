#include "grader/schedule/explorer.h"

#include <algorithm>
#include <functional>
#include <set>

#include "grader/schedule/exhaustion.h"

namespace grader::schedule {
namespace {

// All interleavings are tried only where the fair run had at most so many moments with a choice.
constexpr std::uint64_t kSmallProgram = 60;
// And only so long: what is not done then is too large.
constexpr int kMostPaths = 1000;
// Of the portfolio, before all interleavings are tried: what is wrong is mostly found by then.
constexpr int kFirstPart = 50;
// Operations and accesses of one search, all its runs together: some seconds of one processor.
constexpr std::uint64_t kMostWork = 150'000'000;
// After so many runs of which none came to its end, none will.
constexpr int kMostEndless = 2;

std::string TextOf(const char (&text)[120]) { return {text, std::find(text, text + sizeof text, '\0')}; }

// What a run showed, as far as it may differ from one schedule to the next.
std::size_t BehaviourOf(const Answer& answer) {
  const Result& result = answer.result;
  return std::hash<std::string>()(answer.out) ^
         (static_cast<std::size_t>(result.status) + 31 * static_cast<std::size_t>(result.ending)) ^
         (std::size_t{result.threads} << 20);
}

// Ends that say nothing about the program.
void RefuseFaults(const Answer& answer) {
  const Result& result = answer.result;
  if (result.ending == Ending::kFault) throw std::runtime_error("the scheduler failed: " + TextOf(result.fault));
  if (result.ending != Ending::kUnsupported) return;
  std::string call = "a call that it does not name";
  if (!answer.findings.empty()) call = answer.findings.back().text;
  throw UnsupportedCall(call);
}

// One search, step by step.
class Searching {
 public:
  Searching(Server& server, const Plan& plan, const Judge& judge) : server_(server), plan_(plan), judge_(judge) {}

  Exploration Run() {
    Sample(std::min(plan_.schedules, kFirstPart));
    Exhaust();
    Sample(plan_.schedules);
    Grow();
    return std::move(found_);
  }

 private:
  bool Done() const {
    const bool endless = found_.schedules == 0 && endless_ >= kMostEndless;
    return found_.stop.has_value() || work_ >= kMostWork || endless;
  }

  // The portfolio up to this number.
  void Sample(int last) {
    const Portfolio portfolio(plan_.seed, plan_.disturbances);
    for (; next_ <= last && !Done(); ++next_) {
      const Recipe recipe = portfolio.At(next_);
      const bool known = found_.interleavings > 0 && (recipe.options & kAllDisturbances) == 0;
      if (!known) Try(recipe);
    }
  }

  void Exhaust() {
    if (branches_ > kSmallProgram) return;
    Exhaustion search;
    int complete = 0;
    for (int i = 0; i < std::min(2 * plan_.schedules, kMostPaths) && !Done(); ++i) {
      const auto recipe = search.Next();
      if (!recipe) {
        found_.interleavings = complete;
        return;
      }
      const Answer answer = Try(*recipe, kRecordChoices);
      if (answer.result.ending == Ending::kStepLimit || !search.Learn(answer.choices)) return;
      if (answer.result.ending != Ending::kPruned) ++complete;
    }
  }

  // Where new behaviour still came in the last quarter, there may be more.
  void Grow() {
    const int most = plan_.schedules + plan_.schedules / 2;
    while (!Done() && next_ <= most && last_new_ > next_ - next_ / 4) Sample(next_ + plan_.schedules / 8);
  }

  Answer Try(const Recipe& recipe, std::uint32_t record = 0) {
    Answer answer = server_.Run(recipe, record);
    RefuseFaults(answer);
    work_ += answer.result.steps;
    if (answer.result.ending == Ending::kStepLimit) ++endless_;
    if (answer.result.ending == Ending::kPruned || answer.result.ending == Ending::kStepLimit) return answer;
    const int number = ++found_.schedules;
    if (number == 1) branches_ = answer.result.branches;
    if (behaviours_.insert(BehaviourOf(answer)).second) last_new_ = next_;
    if (HasFinding(answer) || judge_(answer, number) == Judged::kStop) {
      found_.stop = Stop{number, recipe.strategy == Strategy::kPrefix ? PathOf(answer.choices) : recipe, answer};
    }
    return answer;
  }

  Server& server_;
  const Plan& plan_;
  const Judge& judge_;
  Exploration found_;
  int next_ = 1;
  int last_new_ = 0;
  int endless_ = 0;
  std::uint64_t branches_ = 0;
  std::uint64_t work_ = 0;
  std::set<std::size_t> behaviours_;
};

std::string WithCommas(int number) {
  std::string text = std::to_string(number);
  for (int at = static_cast<int>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

std::string Schedules(int number) { return WithCommas(number) + (number == 1 ? " schedule" : " schedules"); }

}  // namespace

bool HasFinding(const Answer& answer) {
  return !answer.findings.empty() || answer.result.ending == Ending::kFound ||
         answer.result.ending == Ending::kSignaled || answer.result.ending == Ending::kUnseen;
}

Server& Explorer::Started() {
  if (!server_) server_.emplace(spawner_, subject_);
  return *server_;
}

Exploration Explorer::Search(const Plan& plan, const Judge& judge) {
  Server& server = Started();
  if (!server.ended_early().empty()) return {.stop = std::nullopt, .ended_early = server.ended_early()};
  Exploration found = Searching(server, plan, judge).Run();
  if (found.stop) found.stop->answer = Confirm(*found.stop);
  return found;
}

// Who reads what is no longer his, on a dead stack say, may take another course each time. That it goes wrong each time
// is his own doing; if it went wrong only once, that would be the scheduler's.
Answer Explorer::Confirm(const Stop& stop) {
  Answer answer = Replay(stop.recipe);
  const bool is_same = answer.result.hash == stop.answer.result.hash;
  if (!is_same && !(HasFinding(stop.answer) && HasFinding(answer)))
    throw std::runtime_error("a schedule took another course when it was replayed");
  return answer;
}

Answer Explorer::Replay(const Recipe& recipe) {
  Server& server = Started();
  if (!server.ended_early().empty()) throw std::runtime_error("the program " + server.ended_early());
  Answer answer = server.Run(recipe, kRecordSteps);
  RefuseFaults(answer);
  return answer;
}

std::string BoundOf(const Exploration& exploration) {
  const int sampled = exploration.schedules - exploration.interleavings;
  // ln(100): with N independent tries, what shows in more than this many of N escapes them with less than 1 %.
  constexpr double kOfN = 4.605;
  const int rarest = static_cast<int>(sampled / kOfN);
  if (exploration.interleavings > 0) {
    // Who wakes for no reason, or early, makes orders of its own: those were only sampled.
    std::string verified = exploration.interleavings == 1
                               ? "verified: there is only one order of its steps"
                               : "verified: all " + WithCommas(exploration.interleavings) + " interleavings";
    if (sampled == 0) return verified;
    return verified + " in which nobody wakes for no reason or too early; no failure in " + Schedules(sampled) +
           " besides";
  }
  std::string bound = "no failure in " + Schedules(sampled);
  if (rarest > 1)
    bound += ": a bug that shows in more than 1 of " + WithCommas(rarest) + " would have been found with 99 %";
  return bound;
}

}  // namespace grader::schedule
