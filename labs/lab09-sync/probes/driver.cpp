// driver SCENE WORD...: plays one scene with the submission's classes, and tells in lines of plain words what was seen.
// It judges nothing.
#include <algorithm>
#include <iterator>

#include "buffers.h"
#include "events.h"
#include "locks.h"
#include "stage.h"
#include "timeouts.h"

namespace {

using Scene = void (*)(const stage::Words&);

struct NamedScene {
  const char* name;
  Scene play;
};

constexpr NamedScene kScenes[] = {
    {"event-alone", scenes::EventAlone},
    {"event-wakes", scenes::EventWakes},
    {"event-looks", scenes::EventLooks},
    {"event-rounds", scenes::EventRounds},
    {"event-cleared-by-another", scenes::EventClearedByAnother},
    {"event-times-out", scenes::EventTimesOut},
    {"event-set-in-time", scenes::EventSetInTime},
    {"event-in-use", scenes::EventInUse},
    {"event-of-two", scenes::EventOfTwo},
    {"lock-alone", scenes::LockAlone},
    {"lock-counts", scenes::LockCounts},
    {"lock-counts-timed", scenes::LockCountsTimed},
    {"lock-lets-in-one", scenes::LockLetsInOne},
    {"lock-has-no-owner", scenes::LockHasNoOwner},
    {"lock-released-twice", scenes::LockReleasedTwice},
    {"lock-tried-by-two", scenes::LockTriedByTwo},
    {"lock-times-out", scenes::LockTimesOut},
    {"lock-comes-and-goes", scenes::LockComesAndGoes},
    {"lock-freed-in-time", scenes::LockFreedInTime},
    {"lock-freed-for-two", scenes::LockFreedForTwo},
    {"lock-of-two", scenes::LockOfTwo},
    {"buffer-of-nothing", scenes::BufferOfNothing},
    {"buffer-alone", scenes::BufferAlone},
    {"buffer-full", scenes::BufferFull},
    {"buffer-empty", scenes::BufferEmpty},
    {"buffer-passes", scenes::BufferPasses},
    {"buffer-size", scenes::BufferSize},
    {"buffer-of-two", scenes::BufferOfTwo},
    {"buffer-times-out", scenes::BufferTimesOut},
    {"buffer-comes-and-goes", scenes::BufferComesAndGoes},
    {"buffer-helped-in-time", scenes::BufferHelpedInTime},
    {"buffer-helps-two", scenes::BufferHelpsTwo},
};

}  // namespace

int main(int argc, char* argv[]) {
  const stage::Words words(argv + 1, argv + argc);
  const auto* const scene = std::find_if(std::begin(kScenes), std::end(kScenes), [&](const NamedScene& named) {
    return !words.empty() && words[0] == named.name;
  });
  if (scene == std::end(kScenes)) return 125;
  scene->play({words.begin() + 1, words.end()});
}
