// driver SCENE WORD...: plays one scene with the submission's class, and tells in lines of plain words what was seen.
// It judges nothing.
#include <algorithm>
#include <iterator>

#include "ends.h"
#include "facts.h"
#include "joins.h"
#include "life.h"
#include "stage.h"

namespace {

using Scene = void (*)(const stage::Words&);

struct NamedScene {
  const char* name;
  Scene play;
};

constexpr NamedScene kScenes[] = {
    {"life-of-one", scenes::LifeOfOne},
    {"empty-targets", scenes::EmptyTargets},
    {"start-twice", scenes::StartTwice},
    {"start-at-once", scenes::StartAtOnce},
    {"subclass", scenes::Subclass},
    {"destroyed", scenes::Destroyed},
    {"captures", scenes::Captures},
    {"exceptions", scenes::Exceptions},
    {"joined-by-many", scenes::JoinedByMany},
    {"join-looks", scenes::JoinLooks},
    {"join-errors", scenes::JoinErrors},
    {"join-times-out", scenes::JoinTimesOut},
    {"join-in-time", scenes::JoinInTime},
    {"names", scenes::Names},
    {"names-at-once", scenes::NamesAtOnce},
    {"daemons", scenes::Daemons},
    {"all-at-once", scenes::AllAtOnce},
    {"enumerates", scenes::Enumerates},
    {"one-story", scenes::OneStory},
    {"one-moment", scenes::OneMoment},
    {"end-awaits-one", scenes::EndAwaitsOne},
    {"end-awaits-all", scenes::EndAwaitsAll},
    {"end-leaves-daemons", scenes::EndLeavesDaemons},
    {"end-meets-daemons", scenes::EndMeetsDaemons},
    {"end-by-thread", scenes::EndByThread},
    {"end-at-once", scenes::EndAtOnce},
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
