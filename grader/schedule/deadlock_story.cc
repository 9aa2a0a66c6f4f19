#include "grader/schedule/deadlock_story.h"

#include <fmt/format.h>

#include <algorithm>

namespace grader::schedule {
namespace {

bool Waits(const ThreadInfo& info) { return info.state == ThreadState::kWaiting; }

std::string Holder(const ThreadInfo& info) {
  return info.waits_for == kNoThread ? "" : fmt::format(", which {} holds", Scene::Thread(info.waits_for));
}

// "waits for mutex a".
std::string Wait(Scene& scene, const ThreadInfo& info) {
  switch (info.operation) {
    case Operation::kJoin:
      return "waits for the end of " + Scene::Thread(info.waits_for);
    case Operation::kConditionWait:
      return fmt::format("waits for a notification of {}", scene.Object(info.object));
    case Operation::kSemaphoreAcquire:
      return fmt::format("waits for a release of {}", scene.Object(info.object));
    case Operation::kAtomicWait:
      return fmt::format("waits for a change of {}", scene.Object(info.object));
    case Operation::kBarrierWait:
      return fmt::format("waits for the others at {}", scene.Object(info.object));
    case Operation::kSleep:
      return "sleeps";
    default:
      return "waits for " + scene.Object(info.object);
  }
}

std::string HeldBy(Scene& scene, const ThreadInfo& info) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(info.held_count, kMostHeld); ++i) {
    const Held& held = info.held[i];
    text += fmt::format("{}{}{}", text.empty() ? " holds " : " and ", scene.Object(held.object),
                        scene.Line(held.taken).empty() ? "" : ", locked" + scene.Briefly(held.taken));
  }
  return text;
}

std::string Fact(Scene& scene, const ThreadInfo& info) {
  const std::string what = Waits(info) ? Wait(scene, info) : "runs, and changes nothing";
  const std::string held = HeldBy(scene, info);
  return scene.ThreadWithOrigin(info.thread) + held + (held.empty() ? " " : ", and ") + what + scene.At(info.stack);
}

// The waits that close the circle, in its order: each thread, then who it waits for.
std::vector<const ThreadInfo*> Cycle(const Scene& scene) {
  std::vector<const ThreadInfo*> cycle;
  const auto& threads = scene.answer().threads;
  const auto first = std::find_if(threads.begin(), threads.end(), [](const ThreadInfo& t) { return t.in_cycle != 0; });
  if (first == threads.end()) return cycle;
  const ThreadInfo* at = &*first;
  while (at != nullptr && std::find(cycle.begin(), cycle.end(), at) == cycle.end()) {
    cycle.push_back(at);
    at = scene.InfoOf(at->waits_for);
  }
  return cycle;
}

Story TellCycle(Scene& scene, const std::vector<const ThreadInfo*>& cycle) {
  Story story;
  story.happened = "deadlock:";
  for (const ThreadInfo* info : cycle) {
    story.happened += fmt::format("{} {} {}{}", info == cycle.front() ? "" : ", and", Scene::Thread(info->thread),
                                  Wait(scene, *info), info->operation == Operation::kJoin ? "" : Holder(*info));
  }
  story.hint =
      "Each waits for what the next one holds. Take locks in one order everywhere, or both at once (std::scoped_lock), "
      "or free one before the next is taken.";
  return story;
}

Story TellLostWakeUp(Scene& scene, const Finding& finding) {
  const Place& waiter = finding.places[0];
  const Place& notified = finding.places[1];
  Story story;
  story.happened = fmt::format(
      "a lost wake-up: {} waits for {}{}, but {} had notified it{} before that wait began, "
      "and nobody is left to do so again",
      Scene::Thread(waiter.thread), scene.Object(waiter.object), scene.Briefly(waiter.stack),
      Scene::Thread(notified.thread), scene.Briefly(notified.stack));
  story.facts.push_back(
      fmt::format("{} notified{}", scene.ThreadWithOrigin(notified.thread), scene.At(notified.stack)));
  story.location = scene.StudentsLine(waiter.stack);
  story.hint =
      "A notification wakes only who waits already. Change what is waited for while the mutex is held, and look at it, "
      "under the same mutex, before each wait.";
  return story;
}

Story TellNobodyLeft(Scene& scene) {
  Story story;
  const auto& threads = scene.answer().threads;
  // Who waits for the end of a thread waits for what that one waits for.
  auto first = std::find_if(threads.begin(), threads.end(),
                            [](const ThreadInfo& t) { return Waits(t) && t.operation != Operation::kJoin; });
  if (first == threads.end()) {
    first = std::find_if(threads.begin(), threads.end(), [](const ThreadInfo& t) { return Waits(t); });
  }
  story.happened = "deadlock: every thread waits, and nobody is left to end a wait";
  if (first != threads.end()) {
    story.happened = fmt::format("deadlock: {} {}{}, and nobody is left to end this wait", Scene::Thread(first->thread),
                                 Wait(scene, *first), scene.Briefly(first->stack));
  }
  story.hint = "Find out who was to end the wait, and which way to the end it took without doing so.";
  return story;
}

Story TellLivelock() {
  Story story;
  story.happened = "a livelock: threads run for ever, and nothing changes any more";
  story.hint = "They wait by looking again and again for what nobody is left to change, or undo each other's steps.";
  return story;
}

Story Beginning(Scene& scene, const Finding& finding) {
  if (finding.kind == FindingKind::kLivelock) return TellLivelock();
  if (finding.kind == FindingKind::kLostWakeUp && finding.place_count > 1) return TellLostWakeUp(scene, finding);
  const auto cycle = Cycle(scene);
  return cycle.size() > 1 ? TellCycle(scene, cycle) : TellNobodyLeft(scene);
}

}  // namespace

Story TellDeadlock(Scene& scene, const Finding& finding) {
  Story story = Beginning(scene, finding);
  for (const ThreadInfo& info : scene.answer().threads) {
    if (info.state == ThreadState::kEnded) continue;
    story.facts.push_back(Fact(scene, info));
    const bool blamed = info.in_cycle != 0 || (Waits(info) && info.operation != Operation::kJoin);
    if (story.location.empty() && blamed) story.location = scene.StudentsLine(info.stack);
  }
  return story;
}

}  // namespace grader::schedule
