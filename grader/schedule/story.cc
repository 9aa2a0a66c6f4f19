#include "grader/schedule/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "grader/observe/outcome.h"
#include "grader/schedule/deadlock_story.h"
#include "grader/schedule/race_story.h"

namespace grader::schedule {
namespace {

// One sentence about a finding: "{who} ... {object} ... {at}".
struct Words {
  FindingKind kind;
  std::string_view happened;  // {who}: who did it; {object}; {text}
  std::string_view hint;
};

constexpr std::array kWords = {
    Words{FindingKind::kUseAfterFree, "{who} uses memory on the heap that has been freed",
          "Who frees it must know that nobody uses it any more: join the threads that do, or share its ownership "
          "(std::shared_ptr)."},
    Words{FindingKind::kHeapOverflow, "{who} reads or writes beyond the end of its block on the heap",
          "Compare the index with the size of what was allocated."},
    Words{FindingKind::kDoubleFree, "{who} frees memory that has been freed already",
          "One owner frees: find out which of the two places that is."},
    Words{FindingKind::kInvalidFree, "{who} frees what is no block of the heap",
          "Only what new or malloc returned can be freed, and as it was returned."},
    Words{FindingKind::kUnlockOfOthers, "{who} unlocks {object}, which another thread holds",
          "A mutex is unlocked by the thread that locked it. What one thread takes and another gives is a semaphore."},
    Words{FindingKind::kUnlockOfFree, "{who} unlocks {object}, which nobody holds",
          "Each unlock belongs to one lock: std::lock_guard keeps the two together."},
    Words{FindingKind::kSelfLock, "deadlock: {who} locks {object}, which it holds itself",
          "Take the lock once, in the outermost function, and give inner functions what they need without locking."},
    Words{FindingKind::kDestroyedHeld, "{who} destroys {object} while it is held",
          "Let every thread finish with an object before its lifetime ends: join them first."},
    Words{FindingKind::kDestroyedWaited, "{who} destroys {object} while another thread waits in it",
          "Let every thread finish with an object before its lifetime ends: join them first."},
    Words{FindingKind::kConditionUnlocked, "{who} waits for {object} without holding the mutex that it waits with",
          "Lock the mutex before the wait; the wait frees it while it sleeps, and takes it again."},
    Words{FindingKind::kConditionTwoMutexes, "two threads wait for {object} at one time with different mutexes",
          "One condition variable goes with one mutex: the one that guards what is waited for."},
    Words{FindingKind::kJoinTwice, "{who} joins a thread that has been joined already",
          "A thread is joined once, by one thread."},
    Words{FindingKind::kJoinDetached, "{who} joins a thread that was detached", "Either detach a thread or join it."},
    Words{FindingKind::kJoinSelf, "{who} joins itself, and so would wait for ever",
          "Compare the thread to be joined with the running one first."},
    Words{FindingKind::kDetachTwice, "{who} detaches a thread that was joined or detached before",
          "A thread is joined or detached once."},
    Words{FindingKind::kStuck, "{who} computes on and on, without ever waiting for another thread or ending",
          "A loop that waits for another thread must look at an atomic variable, or better sleep on a condition "
          "variable."},
    Words{FindingKind::kUncaughtException, "an exception leaves {who}, and ends the program: {text}",
          "What may throw in a thread is caught in that thread."},
    Words{FindingKind::kTerminated, "std::terminate() is called in {who}, and ends the program",
          "A std::thread that is neither joined nor detached when it is destroyed ends the program; so does a "
          "function that throws although it is noexcept."},
    Words{FindingKind::kAborted, "{who} calls abort(), and so ends the program", ""},
    Words{FindingKind::kCrashed, "{who} crashes: {text}",
          "Look at the pointers and indices on that line, and at who may change them meanwhile."},
    Words{FindingKind::kStackOverflow, "the stack of {who} is full: it recurses too deeply", ""},
};

// "std::runtime_error: what() of it"; some of the library's exceptions say their type themselves.
std::string TextOf(const Finding& finding) {
  const std::string text(finding.text, std::find(finding.text, finding.text + sizeof finding.text, '\0'));
  const std::string type = text.substr(0, text.find(": "));
  const std::string rest = text.substr(std::min(type.size() + 2, text.size()));
  return rest.starts_with(type) ? rest : text;
}

std::string RoleWords(Role role) {
  switch (role) {
    case Role::kHere:
      return "it happens in";
    case Role::kOther:
      return "the other is";
    case Role::kAllocated:
      return "it was allocated";
    case Role::kFreed:
      return "it was freed";
    case Role::kNotified:
      return "it was notified";
    case Role::kTaken:
      return "it was locked";
    case Role::kJoined:
      return "it was joined or detached";
  }
  return "it was";
}

std::string Fact(Scene& scene, const Place& place) {
  const std::string at = scene.At(place.stack);
  if (at.empty()) return {};
  const bool in_progress = place.role == Role::kHere || place.role == Role::kOther;
  return fmt::format("{}{} {}{}", RoleWords(place.role), in_progress ? "" : " by", scene.ThreadWithOrigin(place.thread),
                     at);
}

Story TellPlain(Scene& scene, const Finding& finding) {
  const auto words = std::find_if(kWords.begin(), kWords.end(), [&](const Words& w) { return w.kind == finding.kind; });
  Story story;
  if (words == kWords.end()) {
    story.happened = "something is wrong in this schedule";
    return story;
  }
  const Place& here = finding.places[0];
  story.happened = fmt::format(fmt::runtime(words->happened), fmt::arg("who", Scene::Thread(here.thread)),
                               fmt::arg("object", scene.Object(here.object)), fmt::arg("text", TextOf(finding)));
  story.hint = words->hint;
  for (std::size_t i = 0; i < std::min<std::size_t>(finding.place_count, kMostPlaces); ++i) {
    const Place& place = finding.places[i];
    if (i == 0) {
      story.location = scene.StudentsLine(place.stack);
      story.happened += (scene.Line(place.stack).empty() ? "" : ",") + scene.Briefly(place.stack);
    }
    if (std::string fact = Fact(scene, place); !fact.empty()) story.facts.push_back(std::move(fact));
  }
  return story;
}

Story TellSignal(const Answer& answer) {
  if (answer.result.ending == Ending::kUnseen) {
    return {"it ended in a way that the scheduler could not see, or changed what the scheduler had noted",
            {},
            {},
            "Let main return, or call exit(). What a program writes belongs into its own variables."};
  }
  return {"it " + observe::Describe(observe::Signaled{answer.result.status, {}}), {}, {}, {}};
}

// Why the run ended, else what was seen first.
const Finding* Foremost(const Answer& answer) {
  if (answer.findings.empty()) return nullptr;
  return answer.result.ending == Ending::kFound ? &answer.findings.back() : &answer.findings.front();
}

}  // namespace

Story Tell(Scene& scene) {
  const Answer& answer = scene.answer();
  const Finding* const finding = Foremost(answer);
  if (finding == nullptr) return TellSignal(answer);
  switch (finding->kind) {
    case FindingKind::kDataRace:
      return TellRace(scene, *finding);
    case FindingKind::kDeadlock:
    case FindingKind::kLostWakeUp:
    case FindingKind::kLivelock:
      return TellDeadlock(scene, *finding);
    default:
      return TellPlain(scene, *finding);
  }
}

}  // namespace grader::schedule
