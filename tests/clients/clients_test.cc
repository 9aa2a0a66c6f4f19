#include "grader/clients/clients.h"

#include "tests/observe/observed.h"

namespace grader::clients {
namespace {

using namespace std::chrono_literals;
using observe::Program;
using observe::TheSpawner;
using testing::Contains;
using testing::HasSubstr;

constexpr std::uint16_t kPort = 7000;

// One of the tiny servers, watched, and its clients.
struct Scene {
  explicit Scene(const std::string& program, observe::TraceLevel level = observe::TraceLevel::kLifecycle,
                 std::vector<std::string> arguments = {})
      : run(Start(program, level, std::move(arguments))), clients(*run, {"127.0.0.1", kPort}) {}

  static std::unique_ptr<observe::Run> Start(const std::string& program, observe::TraceLevel level,
                                             std::vector<std::string> arguments) {
    auto request = Program(program, std::move(arguments));
    request.level = level;
    request.keep_input_open = true;
    return observe::Run::Start(TheSpawner(), std::move(request));
  }

  std::unique_ptr<observe::Run> run;
  Clients clients;
};

class EachLevel : public testing::TestWithParam<observe::TraceLevel> {};
INSTANTIATE_TEST_SUITE_P(TraceLevels, EachLevel,
                         testing::Values(observe::TraceLevel::kNone, observe::TraceLevel::kLifecycle,
                                         observe::TraceLevel::kBlocking));

TEST_P(EachLevel, SaysAndHears) {
  Scene scene("echo_server", GetParam());
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& client = scene.clients.Connect();
  ASSERT_TRUE(client.connected());
  client.Say("hello\n");
  ASSERT_EQ(scene.clients.WaitUntil([&] { return client.unread().size() == 6; }), Waited::kMet);
  EXPECT_EQ(client.TakeLine(), "hello");
  EXPECT_EQ(client.TakeLine(), std::nullopt);
}

TEST_P(EachLevel, ProvesThatNoAnswerWillCome) {
  Scene scene("deaf_server", GetParam());
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& client = scene.clients.Connect();
  client.Say("hello");
  EXPECT_EQ(scene.clients.WaitUntil([&] { return !client.heard().empty(); }), Waited::kNever);
}

TEST_P(EachLevel, AwaitsWhoIsWokenByTimeInACallThatWasGivenNone) {
  for (const char* way : {"timerfd", "receive", "setitimer", "timer"}) {
    Scene scene("late_server", GetParam(), {way});
    ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
    Client& client = scene.clients.Connect();
    EXPECT_EQ(scene.clients.WaitUntil([&] { return client.heard() == "late"; }), Waited::kMet) << way;
  }
}

TEST(Clients, ProveThatNobodyWillListen) {
  Scene scene("never_listens");
  EXPECT_EQ(scene.clients.AwaitListening(), Waited::kNever);
  EXPECT_TRUE(scene.clients.Connect().refused());
}

TEST(Clients, GiveUpByFairTimeOnWhoWaitsWithTimeouts) {
  Scene scene("ticking_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& client = scene.clients.Connect();
  EXPECT_EQ(scene.clients.Settle(), Waited::kMet);
  EXPECT_FALSE(scene.clients.settled_for_good());
  client.Say("hello");
  EXPECT_EQ(scene.clients.WaitUntil([&] { return !client.heard().empty(); }, 300ms), Waited::kPatience);
}

TEST(Clients, HearThatTheServerEndedOrCrashed) {
  for (const char* last : {"end", "crash"}) {
    Scene scene("echo_server");
    ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
    Client& client = scene.clients.Connect();
    client.Say(last);
    EXPECT_EQ(scene.clients.WaitUntil([&] { return !client.heard().empty(); }), Waited::kEnded);
    EXPECT_TRUE(client.ended());
    const Client& late = scene.clients.Connect();
    EXPECT_TRUE(late.refused()) << testing::PrintToString(late.Transcript());
  }
}

TEST(Clients, ActInAnOrderThatIsProved) {
  Scene scene("echo_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& one = scene.clients.Connect();
  Client& two = scene.clients.Connect();
  for (int i = 0; i < 20; ++i) {
    one.Say("a");
    ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
    ASSERT_TRUE(scene.clients.settled_for_good());
    ASSERT_EQ(one.TakeAll(), "a");  // whatever the server does about it was done when Settle() returned
    two.Say("b");
    ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
    ASSERT_EQ(two.TakeAll(), "b");
  }
}

TEST(Clients, HalfCloseAndStillHear) {
  Scene scene("forking_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& client = scene.clients.Connect();
  client.Say("last words");
  client.HalfClose();
  ASSERT_EQ(scene.clients.WaitUntil([&] { return client.ended(); }), Waited::kMet);
  EXPECT_FALSE(client.reset());
  EXPECT_EQ(client.heard(), "last words");
}

TEST(Clients, VanishStallAndResetWhileOthersGoOn) {
  Scene scene("echo_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  scene.clients.Connect().Close();
  scene.clients.Connect().Reset();
  Client& half = scene.clients.Connect();
  half.Say("half a mess");
  half.Stall();
  ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
  Client& good = scene.clients.Connect();
  good.Say("hello");
  ASSERT_EQ(scene.clients.WaitUntil([&] { return good.unread() == "hello"; }), Waited::kMet);
  EXPECT_EQ(half.heard(), "");
  half.Resume();
  EXPECT_EQ(scene.clients.WaitUntil([&] { return half.unread() == "half a mess"; }), Waited::kMet);
}

TEST(Clients, SettleAlthoughAStalledOneIsSentToWithoutEnd) {
  Scene scene("flooding_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& client = scene.clients.Connect({.receive_buffer = 4096});
  client.Stall();
  ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
  EXPECT_TRUE(scene.clients.settled_for_good());
  client.Resume();
  EXPECT_EQ(scene.clients.WaitUntil([&] { return client.heard().size() > 8'000'000; }), Waited::kMet);
}

TEST(Clients, ShowWhatTheServerIsDoing) {
  Scene scene("forking_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  const auto three = scene.clients.ConnectMany(3);
  ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
  EXPECT_EQ(scene.run->TakeGlimpse().living(), 4u);
  EXPECT_EQ(scene.run->TakeGlimpse().threads(), 4u);
  for (Client* client : three) client->HalfClose();
  ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
  const auto glimpse = scene.run->TakeGlimpse();
  EXPECT_EQ(glimpse.living(), 1u);
  EXPECT_EQ(glimpse.zombies(), 3u);
  EXPECT_EQ(glimpse.processes.front().parent, 1);
  EXPECT_EQ(glimpse.processes.front().pid, glimpse.processes.back().parent);
}

TEST(Clients, TellWhatWasSaid) {
  Scene scene("echo_server");
  ASSERT_EQ(scene.clients.AwaitListening(), Waited::kMet);
  Client& client = scene.clients.Connect();
  client.Say("hello\n");
  ASSERT_EQ(scene.clients.Settle(), Waited::kMet);
  EXPECT_THAT(client.Transcript(), testing::ElementsAre("client 1 connects to 127.0.0.1:7000",
                                                        "client 1 said \"hello\\n\"", "client 1 heard \"hello\\n\""));
}

}  // namespace
}  // namespace grader::clients
