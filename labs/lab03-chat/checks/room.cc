// The room: who hears what.
#include <fmt/format.h>

#include "chat_check.h"

namespace grader::checks::lab03 {
namespace {

LAB_CHECK_F(ChatCheck, Room, TellsJoined, .points = 3, .hint = "Tell all who have a name, but not the new one itself.",
            .needs = {"Names.GetOk"}, .title = "the others hear who has joined") {
  auto server = ServeChat();
  if (!server) return;
  const auto members = EnterMany(server, 5);  // and each time all others hear it
  if (HasFailure() || !Settle(server)) return;
  for (auto* member : members) {
    if (!Hears(server, *member, {})) return;
  }
}

LAB_CHECK_F(ChatCheck, Room, TellsMessages, .points = 4,
            .hint = "<name>: <text> to everybody with a name, but not to the sender.", .needs = {"Room.TellsJoined"},
            .title = "the others hear a message, the sender does not") {
  auto server = ServeChat();
  if (!server) return;
  const auto members = EnterMany(server, 4);
  if (HasFailure()) return;
  const Lines texts = {
      "hello", "two words", FreshName(), ": odd: * joined", "  blanks  ", "gr\xc3\xbc\xc3\x9f dich \xe2\x82\xac",
      "OK",    "ERR no"};
  for (const auto& text : texts) {
    auto* sender = random().Pick(members);
    Say(*sender, text);
    for (auto* member : members) {
      if (member != sender && !Hears(server, *member, {NameOf(*sender) + ": " + text})) return;
    }
    if (!Settle(server) || !Hears(server, *sender, {})) return;
  }
}

LAB_CHECK_F(
    ChatCheck, Room, TellsLeft, .points = 4,
    .hint =
        "recv returns 0 when a client has closed or shut down writing, and -1 when it was reset. Both are the end "
        "of it.",
    .needs = {"Room.TellsJoined"}, .title = "the others hear who has left, or vanished") {
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  if (listener == nullptr) return;
  const std::vector<std::function<void(Client&)>> ends = {
      [](Client& client) { client.Close(); }, [](Client& client) { client.Reset(); },
      [](Client& client) { client.HalfClose(); }, [](Client& client) { client.Say("half a line"), client.Reset(); }};
  for (const auto& end : ends) {
    auto* client = Enter(server, FreshName());
    if (client == nullptr) return;
    end(*client);
    if (!Hears(server, *listener, {"* " + NameOf(*client) + " left"})) return;
    if (!client->closed() && !client->reset() && !AwaitEnd(server, *client)) return;
    client->Close();
  }
}

LAB_CHECK_F(ChatCheck, Room, HearsTheAdmin, .points = 3, .hint = "Standard input is one more descriptor to wait for.",
            .needs = {"Room.TellsJoined"}, .title = "a line of the server's input goes to all") {
  auto server = ServeChat();
  if (!server) return;
  const auto members = EnterMany(server, 3);
  if (HasFailure()) return;
  const auto word = FreshName();
  for (const Lines& typed : {Lines{"hello all"}, Lines{word, "", word + " \xc3\xa4"}}) {
    std::string input;
    Lines heard;
    for (const auto& line : typed) {
      input += line + "\n";
      heard.push_back("* admin: " + line);
    }
    server.run().Write(input);
    for (auto* member : members) {
      if (!Hears(server, *member, heard)) return;
    }
  }
  server.run().Write("one half");
  if (!Settle(server)) return;
  server.run().Write(" and the other\n");
  for (auto* member : members) {
    if (!Hears(server, *member, {"* admin: one half and the other"})) return;
  }
}

LAB_CHECK_F(ChatCheck, Room, OutlivesItsInput, .points = 3,
            .hint = "At the end of file stop waiting for standard input: it would be ready for ever.",
            .needs = {"Room.TellsMessages"}, .title = "the end of the server's input changes nothing") {
  auto server = ServeChat();
  if (!server) return;
  auto* early = Enter(server, FreshName());
  if (early == nullptr) return;
  server.run().Write("the last words\n");
  if (!Hears(server, *early, {"* admin: the last words"})) return;
  server.run().CloseInput();
  if (!Settle(server)) return;
  auto* late = Enter(server, FreshName());
  if (late == nullptr) return;
  Say(*early, "are you there?");
  if (!Hears(server, *late, {NameOf(*early) + ": are you there?"})) return;
  Say(*late, "I am");
  if (Hears(server, *early, {NameOf(*late) + ": I am"})) Settle(server);  // nor does it keep the processor busy
}

}  // namespace
}  // namespace grader::checks::lab03
