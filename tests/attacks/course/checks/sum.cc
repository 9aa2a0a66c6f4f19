// Lab 1: what the program prints, what it leaves in a file, and what it leaves behind.
#include <memory>

#include "grader/checks/vocabulary.h"
#include "grader/checks/work_folder.h"

namespace grader::checks::sum {
namespace {

class SumCheck : public LabCheck {
 protected:
  // Fresh numbers, and a run with them.
  Observation RunOnce() {
    const auto first = random().Integer(100'000, 900'000);
    const auto second = random().Integer(100'000, 900'000);
    sum_ = std::to_string(first + second);
    RunOptions options;
    options.input = std::to_string(first) + " " + std::to_string(second) + "\n";
    options.prepare = [this](sandbox::Sandbox& sandbox) { folder_ = std::make_unique<WorkFolder>(sandbox); };
    return Run(options);
  }

  std::string sum_;
  std::unique_ptr<WorkFolder> folder_;
};

LAB_CHECK_F(SumCheck, Sum, PrintsTheSum, .points = 4, .hint = "Add the numbers.") {
  const auto run = RunOnce();
  ASSERT_THAT(run, ExitsCleanly());
  EXPECT_THAT(run, PrintsLines({sum_}));
}

LAB_CHECK_F(SumCheck, Sum, WritesTheResult, .points = 3, .hint = "fopen(\"result\", \"w\")",
            .needs = {"Sum.PrintsTheSum"}) {
  const auto run = RunOnce();
  ASSERT_THAT(run, ExitsCleanly());
  const std::string found = folder_->Read("result").value_or("");
  if (found != sum_ + "\n") Fail(run, "the file `result` holds the sum", {"it does not", {}, {}});
}

LAB_CHECK_F(SumCheck, Sum, LeavesNothingBehind, .points = 3, .hint = "Wait for children.",
            .needs = {"Sum.PrintsTheSum"}) {
  auto run = RunOnce();
  ASSERT_THAT(run, ExitsCleanly());
  std::erase_if(run.leftovers, [](const observe::Leftover& each) { return each.name == "/work/result"; });
  EXPECT_THAT(run, LeavesNothingBehind());
}

}  // namespace
}  // namespace grader::checks::sum
