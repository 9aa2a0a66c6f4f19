// What holds for every server of the course.
#include <algorithm>
#include <string>

#include "chat_check.h"

namespace grader::checks::lab03 {
namespace {

LAB_CHECK_F(ChatCheck, Server, RefusesWrongArguments, .points = 1,
            .hint = "Both arguments or none; a port is a number up to 65535 and nothing else.",
            .title = "wrong arguments are refused with the usage") {
  ServerRules::RefusesWrongArguments(ChatProtocol());
  if (!HasFailure()) RefusesWrongPorts(ChatProtocol());
}

LAB_CHECK_F(ChatCheck, Server, HasDefaults, .points = 1, .hint = "0.0.0.0 and port 8888.", .needs = {"Names.GetOk"},
            .title = "without arguments it listens on 0.0.0.0, port 8888") {
  ListensOnItsDefaults(ChatProtocol());
}

LAB_CHECK_F(ChatCheck, Server, TakesPortZero, .points = 1, .hint = "getsockname tells the real port. Flush the line.",
            .needs = {"Names.GetOk"}, .title = "it says where it listens; port 0 lets the kernel choose") {
  SaysWhereItListens(ChatProtocol());
  if (!HasFailure()) ListensOnPortZero(ChatProtocol());
}

LAB_CHECK_F(ChatCheck, Server, EndsByTerm, .points = 2,
            .hint = "A handler, signalfd or a pipe must wake whoever waits. Children and threads must end, too.",
            .needs = {"Names.GetOk"}, .title = "SIGTERM ends it within a second, with 0") {
  EndsWhenIdle(ChatProtocol());
  if (!HasFailure()) EndsUnderTraffic(ChatProtocol());
}

LAB_CHECK_F(ChatCheck, Server, Restarts, .points = 1,
            .hint = "SO_REUSEADDR before bind; and look at what bind returns.", .needs = {"Names.GetOk"},
            .title = "a port just left can be taken at once, a taken one is an error") {
  StartsAnewOnTheSamePort(ChatProtocol());
  if (!HasFailure()) TellsThatAPortIsTaken(ChatProtocol());
}

class VanishCheck : public ChatCheck {
 protected:
  // All its tries at a name, and its end, are there before the first is answered. That answer meets a closed door, and
  // the next is EPIPE at once, whoever sends it and whenever.
  void VanishBeforeTheAnswers() {
    constexpr int kRounds = 3;
    constexpr std::size_t kTries = 30'000;
    auto server = ServeChat();
    if (!server) return;
    for (int round = 0; round < kRounds; ++round) {
      auto& guest = server.Connect();
      if (!AwaitConnected(server, guest) || !Settle(server)) return;
      guest.SayAndVanish(std::string(kTries, '\n'));
      if (!Settle(server) || Enter(server, FreshName()) == nullptr) return;
    }
  }

  // Somebody goes while the server is just sending to it: the first send after that brings a reset, the next EPIPE.
  void VanishInTheMidst() {
    constexpr int kRounds = 10;
    constexpr int kLines = 400;
    auto server = ServeChat();
    if (!server) return;
    auto* speaker = Enter(server, FreshName());
    auto* listener = speaker == nullptr ? nullptr : Enter(server, FreshName());
    if (listener == nullptr) return;
    std::string much;
    for (int i = 0; i < kLines; ++i) much += "many words\n";
    for (int round = 0; round < kRounds; ++round) {
      auto* guest = Enter(server, FreshName());
      if (guest == nullptr) return;
      speaker->Say(much);
      if (round % 2 == 0) {
        guest->Close();
      } else {
        guest->Reset();
      }
      const auto all = [&] { return std::ranges::count(listener->unread(), '\n') == kLines + 1; };
      if (!Await(server, "the others hear every line, and that somebody has left", all, {listener})) return;
      if (!Settle(server)) return;
      listener->TakeAll();
      speaker->TakeAll();
    }
  }
};

LAB_CHECK_F(VanishCheck, Server, SurvivesClients, .points = 2,
            .hint = "recv and send may fail with ECONNRESET or EPIPE, and EPIPE comes with SIGPIPE: MSG_NOSIGNAL.",
            .needs = {"Names.GetOk"}, .title = "clients that reset, stall or vanish do no harm") {
  SurvivesClientsThatVanish(ChatProtocol());
  if (!HasFailure()) SurvivesClientsThatStall(ChatProtocol());
  if (!HasFailure()) VanishBeforeTheAnswers();
  if (!HasFailure()) VanishInTheMidst();
}

LAB_CHECK_F(ChatCheck, Server, KeepsNothing, .points = 2,
            .hint = "Close the socket of who has left; reap children, join threads.", .needs = {"Names.GetOk"},
            .title = "nothing grows with clients that come and go, and no child stays a zombie") {
  KeepsNothingOfThoseWhoLeft(ChatProtocol());
  if (!HasFailure()) LeavesNoZombies(ChatProtocol());
}

LAB_CHECK_F(ChatCheck, Server, CostsNothingIdle, .points = 2,
            .hint = "Block in poll, recv or accept: the kernel wakes you.", .needs = {"Names.GetOk"},
            .title = "silent clients cost no processor time") {
  CostsNothingWhileIdle(ChatProtocol());
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab03
