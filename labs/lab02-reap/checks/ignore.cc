// reap ignore N
#include <fmt/format.h>

#include "family.h"

namespace grader::checks::lab02 {
namespace {

using observe::ReapedBy;

constexpr int kChildren = 20;

std::string Fate(const ProcessRecord& child) {
  switch (child.reaped_by) {
    case ReapedBy::kParent:
      return "was reaped by the program";
    case ReapedBy::kKernel:
      return "was removed by the kernel";
    default:
      return "was left a zombie";
  }
}

RunMatcher HasItsChildrenRemovedByTheKernel() {
  return Judge("the kernel removes every child at its end: none is reaped, none is a zombie",
               [](const Observation& run) -> std::optional<Problem> {
                 Problem problem;
                 for (const auto* child : ChildrenOfProgram(run)) {
                   if (child->reaped_by == ReapedBy::kKernel) continue;
                   problem.facts.push_back(fmt::format("{} {}", Name(*child), Fate(*child)));
                   if (problem.location.empty()) problem.location = PlaceOf(child->created_at);
                 }
                 if (problem.facts.empty()) return std::nullopt;
                 problem.happened = Count(problem.facts.size(), "child was", "children were") + " not removed by it";
                 problem.facts = Bounded(std::move(problem.facts));
                 return problem;
               });
}

LAB_CHECK_F(ReapCheck, Reap, IgnoreNeverMeetsAZombie, .points = 4,
            .hint = "signal(SIGCHLD, SIG_IGN) comes before the first fork.",
            .title = "ignore: it never meets a zombie") {
  for (int times = 0; times < 2 && !HasFailure(); ++times) {
    const auto run = Run({"ignore", std::to_string(kChildren)});
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, StartsChildren(kChildren));
    EXPECT_THAT(run, HasItsChildrenRemovedByTheKernel());
  }
}

// The line can only have been printed before it was read, so a child that ended after that had not ended.
RunMatcher PrintsDoneAtTheEnd() {
  return Judge("`done` comes when all children are gone", [](const Observation& run) -> std::optional<Problem> {
    const auto told = run.lines.at(0).at;
    for (const auto* child : ChildrenOfProgram(run)) {
      if (child->ended && *child->ended < told) continue;
      return Problem{
          "it came while a child was still there", {Name(*child) + " ended later"}, PlaceOf(child->created_at)};
    }
    return std::nullopt;
  });
}

LAB_CHECK_F(ReapCheck, Reap, IgnorePrintsDoneWhenAllAreGone, .points = 4,
            .hint = "With SIGCHLD ignored, wait sleeps until all children are gone, then fails with ECHILD.",
            .title = "ignore: `done` comes when all children are gone") {
  for (const int children : {0, kChildren, kChildren + Between(1, 20), kChildren, kChildren}) {
    const auto run = Run({"ignore", std::to_string(children)});
    ASSERT_THAT(run, ExitsCleanly());
    ASSERT_THAT(run, StartsChildren(children));
    ASSERT_THAT(run, PrintsLines({"done"}));
    ASSERT_THAT(run, PrintsDoneAtTheEnd());
  }
  const auto run = RunNative({"ignore", std::to_string(kChildren)});
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, PrintsLines({"done"}));
  UnderSchedules({"ignore", "3"}, {ExitsCleanly(), PrintsLines({"done"}), PrintsDoneAtTheEnd()});
}

}  // namespace
}  // namespace grader::checks::lab02
