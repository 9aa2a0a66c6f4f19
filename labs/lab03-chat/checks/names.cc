// Names: which are granted, to whom, and when.
#include <fmt/format.h>

#include <algorithm>

#include "chat_check.h"

namespace grader::checks::lab03 {
namespace {

LAB_CHECK_F(ChatCheck, Names, GetOk, .points = 3,
            .hint = "The first line of a client is its name. Answer OK and a newline.",
            .title = "a client says its name and hears OK") {
  auto server = ServeChat();
  if (!server) return;
  for (const auto& name :
       {FreshName(), random().Name(1), random().Name(32), "\xc3\xa4" + FreshName(), FreshName() + " the 2nd"}) {
    auto& client = server.Connect();
    Say(client, name);
    if (!HearsOk(server, client)) return;
    client.Close();
    if (!Settle(server)) return;
  }
}

LAB_CHECK_F(ChatCheck, Names, AreRefused, .points = 3,
            .hint = "ERR and a reason; then wait for another name. 32 bytes, not characters: \xc3\xa4 is two bytes.",
            .needs = {"Names.GetOk"}, .title = "an empty, long or taken name is refused, and another may be tried") {
  auto server = ServeChat();
  if (!server) return;
  const auto name = FreshName();
  if (Enter(server, name) == nullptr) return;
  auto& client = server.Connect();
  const auto refused = [&](const std::string& tried, const std::string& why) {
    Say(client, tried);
    return HearsError(server, client, why);
  };
  std::string umlauts;
  for (int i = 0; i < 17; ++i) umlauts += "\xc3\xbc";
  if (!refused("", "an empty name") || !refused(name, "a name that is taken")) return;
  if (!refused(random().Name(33), "a name of 33 bytes") || !refused(umlauts, "a name of 17 umlauts, 34 bytes,")) return;
  if (!refused(random().Name(1000), "a name of 1000 bytes") || !refused("\r", "an empty name, with a carriage return,"))
    return;
  Say(client, umlauts.substr(2));
  HearsOk(server, client);
}

LAB_CHECK_F(ChatCheck, Names, AdminIsOrdinary, .points = 1,
            .hint = "The admin's lines begin with a star, a client's do not.", .needs = {"Room.TellsMessages"},
            .title = "admin is a name like any other") {
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  auto* admin = listener == nullptr ? nullptr : Enter(server, "admin");
  if (admin == nullptr) return;
  Say(*admin, "I am here");
  Hears(server, *listener, {"admin: I am here"});
}

LAB_CHECK_F(ChatCheck, Names, UnnamedHearNothing, .points = 3, .hint = "Who has no name is not in the room yet.",
            .needs = {"Room.TellsMessages"}, .title = "who has no name hears nothing, and says nothing") {
  auto server = ServeChat();
  if (!server) return;
  auto& silent = server.Connect();
  auto& half = server.Connect();
  half.Say("half a na");
  auto* ann = Enter(server, FreshName());
  auto* bob = ann == nullptr ? nullptr : Enter(server, FreshName());
  if (bob == nullptr) return;
  auto& refused = server.Connect();
  Say(refused, NameOf(*ann));
  if (!HearsError(server, refused, "a name that is taken")) return;
  Say(*ann, "hello");
  server.run().Write("to all\n");
  const auto admin_heard = [&] { return UnreadLines(*bob).size() == 2; };
  if (!Await(server, "both lines come to who has a name", admin_heard, {bob}) || !Settle(server)) return;
  ann->TakeAll();
  bob->TakeAll();
  for (auto* client : {&silent, &half, &refused}) {
    if (!Hears(server, *client, {})) return;
  }
  // Nobody hears of the coming or going of who had no name.
  refused.Close();
  silent.Reset();
  if (!Settle(server) || !Hears(server, *ann, {})) return;
  half.Say("me\n");
  if (HearsOk(server, half)) Hears(server, *ann, {"* half a name joined"});
}

LAB_CHECK_F(
    ChatCheck, Names, OkComesFirst, .points = 3,
    .hint = "Send OK before the client is entered into the list of those who hear; nobody else may come between.",
    .needs = {"Room.TellsMessages"}, .title = "OK comes before anything else") {
  constexpr int kRounds = 12;
  auto server = ServeChat();
  if (!server) return;
  const auto talkers = EnterMany(server, 4);
  if (HasFailure()) return;
  for (int round = 0; round < kRounds; ++round) {
    const auto guests = server.ConnectMany(8);
    // All at once, so that there is something to hear at the moment of the OK.
    for (std::size_t i = 0; i < guests.size(); ++i) {
      for (auto* talker : talkers) Say(*talker, "some words");
      Say(*guests[i], FreshName());
    }
    for (auto* guest : guests) {
      const auto there = [&] { return !UnreadLines(*guest).empty(); };
      if (!Await(server, guest->name() + " hears OK", there, {guest})) return;
      const auto first = UnreadLines(*guest).front();
      if (first != "OK") {
        return FailServer(server, "OK precedes anything else", {.happened = "the first line was " + Shown(first)},
                          {guest});
      }
    }
    for (auto* guest : guests) guest->Close();
    if (!Settle(server)) return;
  }
}

LAB_CHECK_F(ChatCheck, Names, AreFreeWhenLeft, .points = 3,
            .hint = "Take the name out of the list before you tell that its client has left.",
            .needs = {"Room.TellsLeft"}, .title = "a name is free once its client has left") {
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  if (listener == nullptr) return;
  const auto name = FreshName();
  for (int round = 0; round < 10; ++round) {
    auto* client = Enter(server, name);
    if (client == nullptr) return;
    auto& next = server.Connect();
    client->Close();
    if (!Hears(server, *listener, {"* " + name + " left"})) return;
    Say(next, name);
    if (!HearsOk(server, next) || !Hears(server, *listener, {"* " + name + " joined"})) return;
    next.HalfClose();
    if (!Hears(server, *listener, {"* " + name + " left"})) return;
    next.Close();
  }
}

LAB_CHECK_F(ChatCheck, Names, RaceIsDecidedOnce, .points = 3,
            .hint =
                "To look whether a name is taken, and to take it, must be one step: one process, or one lock held over "
                "both.",
            .needs = {"Names.AreRefused"}, .title = "of many who ask for one name at once, one gets it") {
  constexpr int kRounds = 15;
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  if (listener == nullptr) return;
  for (int round = 0; round < kRounds; ++round) {
    const auto name = FreshName();
    const auto rivals = server.ConnectMany(12);
    if (!Settle(server)) return;
    for (auto* rival : rivals) Say(*rival, name);
    for (auto* rival : rivals) {
      if (!Await(server, rival->name() + " gets an answer", [&] { return !UnreadLines(*rival).empty(); }, {rival}))
        return;
    }
    const auto granted =
        std::ranges::count_if(rivals, [](const auto* rival) { return UnreadLines(*rival).front() == "OK"; });
    if (granted != 1) {
      return FailServer(server, "exactly one of 12 clients gets the name that all ask for at once",
                        {.happened = Count(static_cast<std::size_t>(granted), "client", "clients") + " got it"});
    }
    if (!Hears(server, *listener, {"* " + name + " joined"})) return;
    for (auto* rival : rivals) rival->Close();
    if (!Hears(server, *listener, {"* " + name + " left"})) return;
  }
}

}  // namespace
}  // namespace grader::checks::lab03
