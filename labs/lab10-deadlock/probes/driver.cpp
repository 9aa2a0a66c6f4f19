// driver SCENE ARGUMENT…: does something with the submission, and tells what came of it. What that is worth is decided
// by the checks.
#include <iostream>

#include "crowd.h"
#include "graphs.h"
#include "table.h"

namespace driver {
namespace {

struct Scene {
  const char* name;
  void (*play)(Words words);
};

constexpr Scene kScenes[] = {
    {"ledger", Ledger},      {"strangers", Strangers}, {"afterwards", Afterwards},
    {"crossing", Crossing},  {"apart", Apart},         {"beside", Beside},
    {"held", Held},          {"glimpse", Glimpse},     {"scarce", Scarce},
    {"refusing", Refusing},  {"asleep", Asleep},       {"dinner", Dinner},
    {"pair", Pair},          {"guests", Guests},       {"seats", Seats},
    {"long_meal", LongMeal}, {"graph", Graph},
};

}  // namespace
}  // namespace driver

int main(int argc, char* argv[]) {
  std::vector<std::string> words(argv + 1, argv + argc);
  for (const auto& scene : driver::kScenes) {
    if (words.empty() || words[0] != scene.name) continue;
    words.erase(words.begin());
    scene.play(driver::Words(std::move(words)));
    return 0;
  }
  return 94;
}
