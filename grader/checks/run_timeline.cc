#include "grader/checks/run_timeline.h"

#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "grader/checks/printing.h"
#include "grader/checks/run_lanes.h"
#include "grader/checks/timeline_bounds.h"
#include "grader/observe/outcome.h"
#include "grader/observe/schedule_text.h"

namespace grader::checks {
namespace {

using observe::Moment;
using observe::Observation;
using observe::ProcessRecord;

constexpr std::size_t kMostPrints = 60;  // lines of output in a picture
constexpr std::size_t kMostSteps = 160;  // of a scheduled run, the last ones

constexpr const char* kByTheCheck = "ended by the check";

std::string EndOf(const ProcessRecord& process) {
  if (process.killed_by_grader) return kByTheCheck;
  if (process.killed_on_purpose) return "killed by the check, on purpose";
  if (!process.status) return "ended";
  if (!process.status->signaled) return fmt::format("exit status {}", process.status->code);
  return "killed by " + observe::SignalName(process.status->code);
}

class RunTimeline {
 public:
  explicit RunTimeline(const Observation& run) : run_(run), lanes_(run, timeline_) {}

  Timeline Make() {
    if (!run_.steps.empty()) {
      timeline_.kind = TimelineKind::kInterleaving;
      Steps();
    } else {
      for (const auto& process : run_.processes) Life(process);
      for (const auto& process : run_.processes) Threads(process);
      for (const auto& call : run_.calls) Called(call);
      Prints();
    }
    Deadlock();
    Sort();
    Failure();
    BoundEvents(timeline_);
    return std::move(timeline_);
  }

 private:
  struct Noted {
    std::uint64_t order;
    TimelineEvent event;
  };

  void Note(const Moment& at, int lane, Happening what, std::string text, int other = -1) {
    if (lane < 0) return;
    noted_.push_back({at.order,
                      {.lane = static_cast<std::size_t>(lane),
                       .what = what,
                       .other = other,
                       .at = std::max(at.fair_time, std::chrono::microseconds(0)),
                       .text = ShortTimelineText(text)}});
  }

  void Life(const ProcessRecord& process) {
    const int lane = lanes_.OfProcess(process.index);
    const int parent = lanes_.OfProcess(process.parent);
    Note(process.started, lane, Happening::kBegins, "", parent);
    if (process.execed) Note(*process.execed, lane, Happening::kExecs, process.program);
    if (!process.ended) return;
    Note(*process.ended, lane, Happening::kEnds, EndOf(process));
    if (!process.reaped || process.index == 0) return;
    switch (process.reaped_by) {
      case observe::ReapedBy::kParent:
        return Note(*process.reaped, lane, Happening::kReaped, "waited for by its parent", Reaper(process, parent));
      case observe::ReapedBy::kKernel:
        return Note(*process.ended, lane, Happening::kReaped, "SIGCHLD is ignored, so nobody waits");
      case observe::ReapedBy::kInit:
        return Note(*process.reaped, lane, Happening::kReaped, "reaped by init, after its parent had ended");
      case observe::ReapedBy::kNobody:
      case observe::ReapedBy::kUnknown:
        return Note(*process.reaped, lane, Happening::kReaped, "");
    }
  }

  int Reaper(const ProcessRecord& process, int parent) const {
    return process.reaping_thread ? lanes_.Of(process.parent, *process.reaping_thread) : parent;
  }

  void Threads(const ProcessRecord& process) {
    for (std::size_t i = 1; i < process.threads.size(); ++i) {
      const int lane = lanes_.Of({process.index, i});
      Note(process.threads[i].started, lane, Happening::kBegins, "", lanes_.OfProcess(process.index));
      if (process.threads[i].ended) Note(*process.threads[i].ended, lane, Happening::kEnds, "ends");
    }
  }

  // Of the calls, where somebody slept, and signals that were sent.
  void Called(const observe::Call& call) {
    observe::ScheduleStep step;
    step.call = call.number;
    std::ranges::copy(call.arguments, step.arguments);
    step.subject = call.subject;
    const int lane = lanes_.Of(call.process, call.tid);
    if (call.number == SYS_kill && call.arguments[1] != 0) {
      Note(call.at, lane, Happening::kDoes, observe::TellCall(step),
           lanes_.OfPid(static_cast<pid_t>(call.arguments[0])));
    } else if (call.returned && call.blocked) {
      Note(call.at, lane, Happening::kBlocks, "sleeps in " + observe::TellCall(step));
      Note(call.returned_at, lane, Happening::kGoesOn, "");
    } else if (!call.returned) {
      unreturned_[lane] = call.at;
    }
  }

  void Prints() {
    if (run_.lines.empty() || timeline_.lanes.empty()) return;
    const int lane = static_cast<int>(timeline_.lanes.size());
    timeline_.lanes.push_back({LaneKind::kOutput, "standard output", {}});
    for (std::size_t i = 0; i < run_.lines.size(); ++i) {
      if (i == kMostPrints / 2 && run_.lines.size() > kMostPrints) i = run_.lines.size() - kMostPrints / 2;
      Note(run_.lines[i].at, lane, Happening::kPrints, run_.lines[i].line);
    }
  }

  void Steps() {
    const std::size_t first = run_.steps.size() - std::min(run_.steps.size(), kMostSteps);
    timeline_.events_left_out = first;
    const auto told = observe::TellSteps(run_, kMostSteps);
    for (std::size_t i = first; i < run_.steps.size(); ++i) {
      const auto& step = run_.steps[i];
      Moment at;
      at.order = i;
      Note(at, lanes_.Of({step.process, step.thread}), Happening::kDoes, WithoutName(told[i - first], step));
    }
  }

  // "31. child 1: write(1, "done") = 4" is in the lane of child 1.
  std::string WithoutName(const std::string& told, const observe::ScheduleStep& step) const {
    const std::string start = fmt::format("{}. {}", step.number, observe::NameOf(run_, step));
    std::string rest = told.starts_with(start) ? told.substr(start.size()) : told;
    while (rest.starts_with(' ') || rest.starts_with(':')) rest.erase(0, 1);
    return rest;
  }

  void Deadlock() {
    const auto* whole = std::get_if<observe::Deadlocked>(&run_.outcome);
    const observe::Deadlock* const deadlock = whole != nullptr        ? &whole->deadlock
                                              : run_.partial_deadlock ? &*run_.partial_deadlock
                                                                      : nullptr;
    if (deadlock == nullptr) return;
    for (const auto& task : deadlock->tasks) {
      const int lane = lanes_.Of(task.process, task.tid);
      const auto since = unreturned_.find(lane);
      Moment at = since == unreturned_.end() ? run_.ended : since->second;
      if (since == unreturned_.end()) at.order = kLate;
      const auto waits_for = task.waits_for.empty() ? -1 : lanes_.OfThread(task.waits_for.front());
      const std::size_t before = noted_.size();
      Note(at, lane, Happening::kBlocks, task.waiting, waits_for);
      if (noted_.size() > before) noted_.back().event.place = ShortTimelineText(PlaceOf(task.stack));
    }
  }

  // The grader's own killing comes behind the failure, and is no part of the picture.
  void Sort() {
    std::ranges::stable_sort(noted_, {}, &Noted::order);
    for (Noted& one : noted_) timeline_.events.push_back(std::move(one.event));
    noted_.clear();
    std::erase_if(timeline_.events, [](const TimelineEvent& event) { return event.text == kByTheCheck; });
  }

  void Failure() {
    const bool by_itself = std::holds_alternative<observe::Exited>(run_.outcome);
    const bool stopped = std::holds_alternative<observe::Stopped>(run_.outcome);
    if (timeline_.lanes.empty() || by_itself || stopped) return;
    int lane = 0;
    for (const auto& process : run_.processes) {
      if (!process.ended_at.empty() && lanes_.OfProcess(process.index) >= 0) lane = lanes_.OfProcess(process.index);
    }
    timeline_.events.push_back({.lane = static_cast<std::size_t>(lane),
                                .what = Happening::kFails,
                                .at = run_.ended.fair_time,
                                .text = ShortTimelineText("it " + observe::Describe(run_.outcome))});
  }

  static constexpr std::uint64_t kLate = std::uint64_t{1} << 62;

  const Observation& run_;
  Timeline timeline_;
  RunLanes lanes_;
  std::vector<Noted> noted_;
  std::map<int, Moment> unreturned_;  // by lane, since when it is in a call
};

}  // namespace

Timeline TimelineOf(const Observation& run) {
  if (run.level == observe::TraceLevel::kNone || run.processes.empty()) return {};
  return RunTimeline(run).Make();
}

}  // namespace grader::checks
