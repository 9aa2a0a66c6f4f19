#include "grader/checks/server_spin.h"
#include "tests/observe/observed.h"

namespace grader::checks {
namespace {

using namespace std::chrono_literals;

constexpr std::uint16_t kPort = 7000;

Server Start(const std::string& program) {
  auto request = observe::Program(program, {});
  request.keep_input_open = true;
  return {observe::Run::Start(observe::TheSpawner(), std::move(request)), {"127.0.0.1", kPort}};
}

TEST(SpinningServer, IsNotWaitedForToTheEndOfPatience) {
  auto server = Start("spinning_server");
  ASSERT_EQ(server.clients().AwaitListening(), Waited::kMet);
  server.Connect().Say("hello");
  const auto settle = [&](std::chrono::milliseconds most) { return server.clients().Settle(most); };
  EXPECT_EQ(WaitUnlessItSpins(server, 24h, settle), Waited::kPatience);
  const auto problem = ProblemOfSpinning(server);
  ASSERT_TRUE(problem);
  EXPECT_THAT(problem->happened, testing::HasSubstr("spins"));
}

TEST(SpinningServer, IsNoneThatSleepsWithTimeouts) {
  auto server = Start("ticking_server");
  ASSERT_EQ(server.clients().AwaitListening(), Waited::kMet);
  server.Connect().Say("hello");
  EXPECT_FALSE(ProblemOfSpinning(server));
}

}  // namespace
}  // namespace grader::checks
