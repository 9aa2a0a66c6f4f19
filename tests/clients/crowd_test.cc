#include "grader/clients/clients.h"

#include <algorithm>

#include "tests/observe/observed.h"

namespace grader::clients {
namespace {

TEST(Crowd, AThousandClientsAreHeldAtOnce) {
  auto request = observe::Program("echo_server");
  request.limits.open_files = 2000;
  const auto run = observe::Run::Start(observe::TheSpawner(), std::move(request));
  Clients clients(*run, {"127.0.0.1", 7000});
  ASSERT_EQ(clients.AwaitListening(), Waited::kMet);
  const auto crowd = clients.ConnectMany(1000);
  ASSERT_EQ(crowd.size(), 1000u);
  for (Client* client : crowd) client->Say(client->name());
  const auto answered = [](const Client* client) { return client->heard() == client->name(); };
  ASSERT_EQ(clients.WaitUntil([&] { return std::ranges::all_of(crowd, answered); }), Waited::kMet);
  EXPECT_EQ(clients.Settle(), Waited::kMet);
  EXPECT_GE(run->TakeGlimpse().descriptors(), 1000u);
}

}  // namespace
}  // namespace grader::clients
