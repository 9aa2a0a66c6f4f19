// Data races between the threads of a server, if it has any.
#include "chat_check.h"

namespace grader::checks::lab03 {
namespace {

// What waits in vain here is another check's affair.
class RaceCheck : public ChatCheck {
 protected:
  // Threads of the same kind are alive together, and each does each kind of work: enters, is refused, talks, leaves.
  void Talk(Server& server) {
    auto& clients = server.clients();
    const auto enter = [&](const std::string& name) {
      auto& client = server.Connect();
      Say(client, name);
      clients.WaitUntil([&] { return !UnreadLines(client).empty() || client.ended(); });
      return &client;
    };
    std::vector<std::string> names;
    std::vector<Client*> guests;
    for (int i = 0; i < 3; ++i) {
      names.push_back(FreshName() + std::to_string(i));
      guests.push_back(enter(names.back()));
    }
    for (int round = 0; round < 3; ++round) {
      for (auto* guest : guests) Say(*guest, "some words");
      server.run().Write("to all of you\n");
      clients.Settle();
    }
    enter(names.back());
    guests.front()->HalfClose();
    guests.back()->Reset();
    clients.Settle();
    guests.front() = enter(names.front());
    Say(*guests.front(), "here again");
    Say(*guests[1], "so you are");
    clients.Settle();
  }
};

LAB_CHECK_F(RaceCheck, Room, HasNoDataRaces, .points = 2,
            .hint =
                "What several threads use, and one of them changes, belongs under one mutex, at each place where it is "
                "used; or make it std::atomic.",
            .needs = {"Room.TellsMessages"}, .title = "its threads, if it has any, share nothing without a lock") {
  HasNoDataRaces(ChatProtocol(), [this](Server& server) { Talk(server); });
}

}  // namespace
}  // namespace grader::checks::lab03
