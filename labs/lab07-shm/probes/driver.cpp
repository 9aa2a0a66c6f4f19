// driver SCENE WORD...: plays one scene with the submission's classes, and tells in lines of plain words what was seen.
// It judges nothing.
#include <algorithm>
#include <iterator>
#include <string>

#include "deaths.h"
#include "locks.h"
#include "moments.h"
#include "rules.h"
#include "semaphores.h"
#include "signals.h"
#include "stage.h"
#include "values.h"

namespace {

using Scene = void (*)(const stage::Words&);

struct NamedScene {
  const char* name;
  Scene play;
};

constexpr NamedScene kScenes[] = {
    {"value-among-processes", scenes::ValueAmongProcesses},
    {"value-types", scenes::ValueTypes},
    {"alignment", scenes::Alignment},
    {"each-has-its-lock", scenes::EachHasItsLock},
    {"array-of-copies", scenes::ArrayOfCopies},
    {"array-of-size", scenes::ArrayOfSize},
    {"array-ranges", scenes::ArrayRanges},
    {"array-of-nothing", scenes::ArrayOfNothing},
    {"array-lock", scenes::ArrayLock},
    {"lock-excludes", scenes::LockExcludes},
    {"lock-guards", scenes::LockGuards},
    {"lock-counts", scenes::LockCounts},
    {"lock-waits", scenes::LockWaits},
    {"unlock-by-others", scenes::UnlockByOthers},
    {"child-of-holder", scenes::ChildOfHolder},
    {"holder-dies", scenes::HolderDies},
    {"waiters-die-in-turn", scenes::WaitersDieInTurn},
    {"holder-leaves-an-heir", scenes::HolderLeavesAnHeir},
    {"semaphore-counts", scenes::SemaphoreCounts},
    {"semaphore-refuses", scenes::SemaphoreRefuses},
    {"semaphore-of-many", scenes::SemaphoreOfMany},
    {"semaphore-waits", scenes::SemaphoreWaits},
    {"semaphore-limits", scenes::SemaphoreLimits},
    {"semaphore-gathers", scenes::SemaphoreGathers},
    {"semaphore-times-out", scenes::SemaphoreTimesOut},
    {"semaphore-looks", scenes::SemaphoreLooks},
    {"semaphore-long-timeouts", scenes::SemaphoreLongTimeouts},
    {"value-together", scenes::ValueTogether},
    {"semaphore-outlives-its-users", scenes::SemaphoreOutlivesItsUsers},
    {"waiters-are-killed", scenes::WaitersAreKilled},
    {"child-destroys", scenes::ChildDestroys},
    {"parent-destroys", scenes::ParentDestroys},
    {"destroyed-while-others-wait", scenes::DestroyedWhileOthersWait},
    {"all-end", scenes::AllEnd},
    {"make-and-destroy", scenes::MakeAndDestroy},
    {"use-often", scenes::UseOften},
    {"refused", scenes::Refused},
    {"nothing-left", scenes::NothingLeft},
    {"signals-while-waiting", scenes::SignalsWhileWaiting},
    {"signals-before-the-timeout", scenes::SignalsBeforeTheTimeout},
    {"meet", scenes::Meet},
    {"meet-at-semaphore", scenes::MeetAtSemaphore},
    {"die-with-lock", scenes::DieWithLock},
    {"die-among-waiters", scenes::DieAmongWaiters},
    {"die-at-semaphore", scenes::DieAtSemaphore},
};

}  // namespace

int main(int argc, char* argv[]) {
  const stage::Words words(argv + 1, argv + argc);
  const auto* const scene = std::find_if(std::begin(kScenes), std::end(kScenes), [&](const NamedScene& named) {
    return !words.empty() && words[0] == named.name;
  });
  if (scene == std::end(kScenes)) return 125;
  return stage::Guarded([&] { scene->play({words.begin() + 1, words.end()}); });
}
