// A lab's checks executable for tests of CheckMain: its checks need no sandbox, so that what is tested is the library
// alone. A lab folder called crashing-lab makes one of them kill the executable.
#include <csignal>
#include <stdexcept>

#include "grader/checks/check_main.h"
#include "grader/checks/vocabulary.h"
#include "tests/checks/hand_made.h"

namespace grader::checks::fixture_lab {
namespace {

LAB_CHECK(First, Passes, .points = 2, .hint = "a hint") {}

LAB_CHECK(First, FailsTwice, .points = 3, .needs = {"First.Passes"}) {
  auto run = testing::CleanRun();
  run.out.head = "hello \xff\n";
  EXPECT_THAT(run, PrintsNothing());
  EXPECT_EQ(run.processes.size(), 4u) << "processes";
}

LAB_CHECK(First, NeedsTheFailing, .points = 1, .needs = {"First.FailsTwice"}) {
  throw std::runtime_error("never reached");
}

LAB_CHECK(First, NeedsTheSkipped, .points = 1, .needs = {"First.NeedsTheFailing"}) {
  throw std::runtime_error("never reached");
}

LAB_CHECK(First, IsNotWhereItCanBeJudged, .points = 1) { Skip("this machine has no second network"); }

LAB_CHECK(First, MeetsAFault, .points = 1) { throw std::runtime_error("the machine is on fire"); }

LAB_CHECK(First, MeetsASpoiltRun, .points = 1) {
  auto run = testing::CleanRun();
  run.outcome = observe::GraderFault{"no memory"};
  EXPECT_THAT(run, ExitsCleanly());
}

LAB_CHECK(First, RunsAProgramTheLabDoesNotHave, .points = 1) { Run({"x"}); }

LAB_CHECK(Second, TellsItsInputs, .title = "tells its inputs in its own words") {
  Fail("nothing", {std::to_string(random().Integer(0, 1'000'000'000)), {}, {}, "a better hint"});
}

LAB_CHECK(Second, Crashes, .visibility = Visibility::kHidden) {
  if (lab_folder().filename() == "crashing-lab") raise(SIGKILL);
}

LAB_QUIZ();

class NoSpawner : public sandbox::Spawner {
 public:
  std::unique_ptr<sandbox::Sandbox> Launch(const sandbox::LaunchRequest&) override {
    throw std::logic_error("a check of this executable wants a sandbox");
  }
  const sandbox::TierReport& tier() const override { return tier_; }

 private:
  sandbox::TierReport tier_;
};

}  // namespace
}  // namespace grader::checks::fixture_lab

int main(int argc, char** argv) {
  return grader::checks::CheckMain(argc, argv,
                                   [] { return std::make_unique<grader::checks::fixture_lab::NoSpawner>(); });
}
