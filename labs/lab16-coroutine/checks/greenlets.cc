// Functions that can be suspended and resumed.
#include <fmt/format.h>

#include "scene.h"

namespace grader::checks::lab16 {
namespace {

LAB_CHECK_F(
    SceneCheck, Greenlet, HandsValuesOver, .points = 5,
    .hint = "The first switch_to starts fn with its value; each later one is what the pending switch_to in it returns.",
    .title = "switch_to() starts, suspends and resumes, and hands values over") {
  const Words in{Name(), Name(), Name(), Name()};
  Tells("a greenlet that gives each value back with a mark, and ends with the fourth",
        {"values", in[0], in[1], in[2], in[3]},
        {in[0] + "1", in[1] + "2", in[2] + "3", in[3] + "!", "dead", "got no value", "no value"});
}

LAB_CHECK_F(
    SceneCheck, Greenlet, EndsInItsParent, .points = 4,
    .hint =
        "When fn has returned control goes to the parent: to who made the greenlet, not to who switched there last.",
    .needs = {"Greenlet.HandsValuesOver"},
    .title = "when a greenlet ends its parent goes on, whoever switched there last") {
  const Words w{Name(), Name(), Name(), Name(), Name(), Name()};
  Tells("main makes first and second, and switches to first, which switches to second, which ends",
        {"ends", w[0], w[1], w[2], w[3], w[4]},
        {"first got " + w[3], "second got " + w[1], "main got " + w[0], "second is dead", "first is alive",
         "first goes on with " + w[4], "main got " + w[2]});
  if (HasFailure()) return;
  Tells("a greenlet makes another one in it, which suspends itself and ends later",
        {"nested", w[0], w[1], w[2], w[3], w[4], w[5]},
        {"inner is a child of outer", "inner got " + w[4], "outer got " + w[0], "main got " + w[2], "inner got " + w[5],
         "outer got " + w[1], "main got " + w[3]});
}

LAB_CHECK_F(
    SceneCheck, Greenlet, ThrowsInTheParent, .points = 3,
    .hint =
        "Keep the exception (std::current_exception), leave the catch block, switch to the parent, and rethrow there.",
    .needs = {"Greenlet.HandsValuesOver"},
    .title = "what leaves a greenlet is thrown out of its parent's switch_to()") {
  const Words w{Name(), Name(), Name()};
  Tells(
      "main switches to first, which switches to second, which throws;  a greenlet suspended in a try, while main "
      "throws",
      {"throws", w[0], w[1], w[2]},
      {"main got exception " + w[0], "second is dead", "first got " + w[2], "main got " + w[1], w[0], w[2], w[1]});
}

LAB_CHECK_F(SceneCheck, Greenlet, KnowsWhoIsWho, .points = 4,
            .hint = "Each thread has a main greenlet of its own, without a parent, which is never dead.",
            .needs = {"Greenlet.HandsValuesOver"}, .title = "current(), parent(), dead(), and what is refused") {
  const Words w{Name(), Name(), Name()};
  const auto run = Run(Scene(
      "current(), parent(), dead(); switches to oneself, to a dead one, to one of another thread; an empty function",
      {"rules", w[0], w[1], w[2]}));
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(
      run, PrintsLines({"main has no parent", "main is alive", "to itself: " + w[0], "its parent is who made it",
                        "before: alive", "to itself: " + w[1], "current is the child", "back in main", "between: alive",
                        "after: dead", "a dead one: logic_error", "an empty function: invalid_argument",
                        "of another thread: logic_error", "of this thread: " + w[2]}));
  if (HasFailure()) return;
  Tells("greenlets are made until the kernel gives no more memory; then it gives some again", {"scarce", w[0]},
        {"without memory: bad_alloc", "with memory: " + w[0]});
}

LAB_CHECK_F(SceneCheck, Greenlet, HasAStackOfItsOwn, .points = 3,
            .hint = "64 KiB of stack for each, or more, and nobody else's.", .needs = {"Greenlet.HandsValuesOver"},
            .title = "a greenlet switches in functions 50 KiB deep, and finds all as it was") {
  Words lines;
  for (int i = 0; i < 20; ++i) lines.push_back(fmt::format("{:.6f}", 2 * i + 1.0));
  for (int i = 0; i < 20; ++i) lines.emplace_back("45");
  Tells("twenty greenlets, each suspended in 46 nested calls with 1,000 bytes of locals each", {"deep"}, lines);
}

LAB_CHECK_F(SceneCheck, Greenlet, UnwindsWhenDestroyed, .points = 5,
            .hint =
                "The destructor switches to it once more, where switch_to throws GreenletExit; when it has ended, "
                "control comes back to the destructor, not to the parent.",
            .needs = {"Greenlet.EndsInItsParent"},
            .title = "destroying a suspended greenlet destroys its locals, and comes back") {
  const Words w{Name(), Name(), Name()};
  const auto local = [](const char* which, const std::string& name) {
    return fmt::format("{} local of {} is destroyed", which, name);
  };
  Tells("a greenlet that never ran, one that is suspended, and one that another greenlet destroys",
        {"unwinds", w[0], w[1], w[2]},
        {"destroys " + w[0], local("inner", w[0]), local("outer", w[0]), "back in main", local("inner", w[1]),
         local("outer", w[1]), "back in the killer", "main got " + w[2]});
}

LAB_CHECK_F(SceneCheck, Greenlet, TakesLittleMemory, .points = 4,
            .hint =
                "Pages of an anonymous mmap cost memory only once they are touched: so do not fill a stack. And give "
                "it back when the greenlet is destroyed.",
            .needs = {"Greenlet.HandsValuesOver"},
            .title = "10,000 greenlets at once fit into 256 MiB, and stacks are freed") {
  const int count = 10'000 + Between(0, 50);
  TellsInLittleMemory(fmt::format("{} suspended greenlets, at once", count), {"crowd", std::to_string(count)},
                      {std::to_string(static_cast<std::int64_t>(count) * (count - 1) / 2)});
  if (HasFailure()) return;
  constexpr int kMany = 30'000;
  TellsInLittleMemory(
      fmt::format("{} greenlets, one after the other; every other one is destroyed while it is suspended", kMany),
      {"row", std::to_string(kMany)}, {std::to_string(kMany / 2)});
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab16
