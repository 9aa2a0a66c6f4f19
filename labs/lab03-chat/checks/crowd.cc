// Many clients, and those who do not read.
#include <fmt/format.h>

#include <algorithm>

#include "chat_check.h"

namespace grader::checks::lab03 {
namespace {

LAB_CHECK_F(ChatCheck, Crowd, Of200, .points = 3, .hint = "No fixed number of clients below 200.",
            .needs = {"Room.TellsMessages"}, .title = "200 clients at once, and each hears each") {
  constexpr int kClients = 200;
  auto server = ServeChat();
  if (!server) return;
  const auto crowd = server.ConnectMany(kClients);
  for (auto* client : crowd) Say(*client, FreshName() + std::to_string(client->number()));
  for (const auto* client : crowd) {
    const auto in = [&] { return client->heard().find("OK\n") != std::string::npos || client->ended(); };
    if (!Await(server, client->name() + " hears OK", in, {client})) return;
  }
  if (!Settle(server)) return;
  for (auto* client : crowd) client->TakeAll();
  auto* speaker = random().Pick(crowd);
  const auto word = FreshName();
  Say(*speaker, word);
  for (auto* client : crowd) {
    if (client == speaker) continue;
    const auto heard = [&] { return client->unread().ends_with(": " + word + "\n") || client->ended(); };
    if (!Await(server, fmt::format("each of {} clients hears the message", kClients), heard, {client})) return;
    if (client->ended()) {
      return FailServer(server, fmt::format("{} clients are in the room at once", kClients),
                        {.happened = "a connection was closed"}, {client});
    }
  }
}

class StallCheck : public ChatCheck {
 protected:
  // One line of about 60 KB after the other, until so many bytes are said; the listener hears each before the next one
  // is said. Whoever is stalled would have to be waited for in the midst of it.
  bool TalkThrough(Server& server, Client& speaker, Client& listener, std::size_t bytes, Lines& said) {
    constexpr std::size_t kLine = 60'000;
    const auto prefix = NameOf(speaker) + ": ";
    for (std::size_t sum = 0; sum < bytes; sum += kLine) {
      const auto text =
          fmt::format("{:08}", said.size()) + std::string(kLine, static_cast<char>('a' + said.size() % 26));
      Say(speaker, text);
      said.push_back(prefix + text);
      if (!Hears(server, listener, {said.back()})) return false;
    }
    return true;
  }
};

LAB_CHECK_F(StallCheck, Crowd, IsNotDelayedByOne, .points = 5,
            .hint =
                "send to a client that does not read must not wait, or not in a thread that others wait for. Keep its "
                "lines in a queue of its own.",
            .needs = {"Room.TellsMessages"}, .title = "a client that does not read delays nobody, and loses nothing") {
  constexpr std::size_t kWaiting = std::size_t{7} * 1024 * 1024;  // it may be disconnected from 8 MiB on
  auto server = ServeChat();
  if (!server) return;
  auto* speaker = Enter(server, FreshName());
  auto* listener = speaker == nullptr ? nullptr : Enter(server, FreshName());
  if (listener == nullptr) return;
  auto& stalled = server.clients().Connect({.receive_buffer = 16 * 1024});
  const auto name = FreshName();
  Say(stalled, name);
  if (!HearsOk(server, stalled)) return;
  stalled.Stall();
  for (auto* client : {speaker, listener}) {
    if (!Hears(server, *client, {"* " + name + " joined"})) return;
  }
  Lines said;
  if (!TalkThrough(server, *speaker, *listener, kWaiting, said)) return;
  stalled.Resume();
  if (!Hears(server, stalled, said)) return;
  Say(stalled, "here I am");
  Hears(server, *listener, {name + ": here I am"});
}

LAB_CHECK_F(StallCheck, Crowd, SurvivesTheDeaf, .points = 2,
            .hint = "What waits for a client needs a limit: disconnect it when 8 MiB wait.",
            .needs = {"Crowd.IsNotDelayedByOne"},
            .title = "however much waits for a client that never reads, the others go on") {
  constexpr std::size_t kMuch = std::size_t{24} * 1024 * 1024;
  auto server = ServeChat();
  if (!server) return;
  auto* speaker = Enter(server, FreshName());
  auto* listener = speaker == nullptr ? nullptr : Enter(server, FreshName());
  if (listener == nullptr) return;
  auto& deaf = server.clients().Connect({.receive_buffer = 16 * 1024});
  const auto name = FreshName();
  Say(deaf, name);
  if (!HearsOk(server, deaf)) return;
  deaf.Stall();
  for (auto* client : {speaker, listener}) {
    if (!Hears(server, *client, {"* " + name + " joined"})) return;
  }
  constexpr std::size_t kLine = 60'000;
  const auto left = "* " + name + " left\n";
  for (std::size_t sum = 0; sum < kMuch; sum += kLine) {
    Say(*speaker, std::string(kLine, 'x'));
    const auto heard = [&] {
      const auto unread = listener->unread();
      return unread.size() >= kLine && unread.ends_with("xx\n");
    };
    // In the midst of it the deaf one may be let go; that is heard, too.
    const auto there = [&] { return heard() || listener->unread().ends_with("x\n" + left); };
    if (!Await(server, listener->name() + " hears every line", there, {listener})) return;
    listener->TakeAll();
  }
  deaf.Close();
  if (!Settle(server)) return;
  listener->TakeAll();
  speaker->TakeAll();
  Say(*listener, "still here");
  Hears(server, *speaker, {NameOf(*listener) + ": still here"});
}

}  // namespace
}  // namespace grader::checks::lab03
