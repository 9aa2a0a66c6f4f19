// Lab 2: a driver calls the student's function and tells what came of it.
#include "grader/checks/vocabulary.h"

namespace grader::checks::total {
namespace {

LAB_CHECK(Total, AddsUp, .points = 10, .hint = "Add the numbers.") {
  RunOptions options{.scenario = "Total() of hidden numbers, twice"};
  std::int64_t total = 0;
  for (int i = 0; i < 6; ++i) {
    const auto number = random().Integer(100'000, 900'000);
    options.args.push_back(std::to_string(number));
    total += number;
  }
  const auto run = Run(options);
  ASSERT_THAT(run, ExitsCleanly());
  const std::string line = "total " + std::to_string(total);
  EXPECT_THAT(run, PrintsLines({line, line}));
}

}  // namespace
}  // namespace grader::checks::total
