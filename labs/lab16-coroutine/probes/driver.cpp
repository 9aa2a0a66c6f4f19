// driver SCENE WORD…: does something with the submission, and tells what came of it.
#include "greenlets.h"
#include "sockets.h"

namespace driver {
namespace {

struct Scene {
  const char* name;
  void (*play)(Words words);
};

constexpr Scene kScenes[] = {
    {"values", Values},     {"ends", Ends},         {"throws", Throws},     {"rules", Rules},   {"scarce", Scarce},
    {"nested", Nested},     {"deep", Deep},         {"unwinds", Unwinds},   {"crowd", Crowd},   {"row", Row},
    {"order", Order},       {"family", Family},     {"sleepers", Sleepers}, {"gets", Gets},     {"joins", Joins},
    {"outlasts", Outlasts}, {"abandons", Abandons}, {"many", Many},         {"talk", Talk},     {"bulk", Bulk},
    {"waiters", Waiters},   {"meet", Meet},         {"failures", Failures}, {"greedy", Greedy}, {"idle", Idle},
};

}  // namespace
}  // namespace driver

int main(int argc, char* argv[]) {
  driver::Words words(argv + 1, argv + argc);
  for (const auto& scene : driver::kScenes) {
    if (words.empty() || words[0] != scene.name) continue;
    words.erase(words.begin());
    scene.play(std::move(words));
    return 0;
  }
  return 94;
}
