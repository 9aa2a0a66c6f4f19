// Lines: whole, in order, never mixed.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "chat_check.h"

namespace grader::checks::lab03 {
namespace {

constexpr std::size_t kLongest = std::size_t{64} * 1024;

class LinesCheck : public ChatCheck {
 protected:
  // Two clients, and what the second hears of the first.
  void HearsOfLine(const std::string& sent, const Lines& texts) {
    auto server = ServeChat();
    if (!server) return;
    auto* sender = Enter(server, FreshName());
    auto* listener = sender == nullptr ? nullptr : Enter(server, FreshName());
    if (listener == nullptr) return;
    sender->Say(sent);
    Lines lines;
    for (const auto& text : texts) lines.push_back(NameOf(*sender) + ": " + text);
    if (Hears(server, *listener, lines)) Hears(server, *sender, {});
  }

  // Numbered lines of a length of their own each, with the sender's name in them.
  Lines Numbered(const std::string& name, int count, std::size_t longest) {
    Lines lines;
    for (int i = 0; i < count; ++i) {
      const auto filling = static_cast<std::size_t>(random().Integer(0, static_cast<std::int64_t>(longest)));
      lines.push_back(fmt::format("{} {} {}", i, name, std::string(filling, static_cast<char>('a' + i % 26))));
    }
    return lines;
  }

  // All say their lines at once, in pieces of any size. Each hears those of each other, whole and in their order.
  void TalkAtOnce(Server& server, const std::vector<Client*>& members, const std::map<Client*, Lines>& said) {
    std::map<Client*, std::string> streams;
    for (const auto& [member, lines] : said) {
      for (const auto& line : lines) streams[member] += line + "\n";
    }
    for (bool more = true; more;) {
      more = false;
      for (auto& [member, stream] : streams) {
        const auto size = std::min(stream.size(), static_cast<std::size_t>(random().Integer(1, 20'000)));
        member->Say(std::string_view(stream).substr(0, size));
        stream.erase(0, size);
        more = more || !stream.empty();
      }
      server.clients().Pump(0ms);
    }
    for (auto* member : members) {
      if (!HearsAll(server, *member, said)) return;
    }
  }

 private:
  bool HearsAll(Server& server, Client& listener, const std::map<Client*, Lines>& said) {
    std::size_t count = 0;
    std::map<std::string, const Lines*> of;
    for (const auto& [sender, lines] : said) {
      if (sender == &listener) continue;
      of[NameOf(*sender)] = &lines;
      count += lines.size();
    }
    std::size_t lines_heard = 0;
    const auto complete = [&] {
      lines_heard = static_cast<std::size_t>(std::ranges::count(listener.unread(), '\n'));
      return lines_heard >= count || listener.ended();
    };
    if (!Await(server, fmt::format("{} hears all {} lines", listener.name(), count), complete, {&listener}))
      return false;
    std::map<std::string, std::size_t> next;
    for (const auto& line : UnreadLines(listener)) {
      const auto colon = line.find(": ");
      const auto name = line.substr(0, std::min(colon, line.size()));
      const auto sender = of.find(name);
      const bool known = sender != of.end() && colon != std::string::npos;
      const auto place = known ? next[name]++ : 0;
      if (known && place < sender->second->size() && line.substr(colon + 2) == (*sender->second)[place]) continue;
      FailServer(server, "each line arrives whole, and those of one sender in their order",
                 {.happened = fmt::format("{} heard {}", listener.name(), Shown(line)),
                  .facts = {known && place < sender->second->size()
                                ? fmt::format("due of {} was {}", name, Shown((*sender->second)[place]))
                                : "nobody has said that line"}});
      return false;
    }
    if (lines_heard == count) {
      listener.TakeAll();
      return true;
    }
    FailServer(server, fmt::format("{} hears all {} lines", listener.name(), count),
               {.happened = fmt::format("it heard {}", lines_heard)});
    return false;
  }
};

LAB_CHECK_F(LinesCheck, Lines, LoseTheCarriageReturn, .points = 1, .hint = "telnet and Windows end lines with \\r\\n.",
            .needs = {"Room.TellsMessages"}, .title = "a trailing carriage return is dropped") {
  HearsOfLine("hello\r\n\r\nlast\n", {"hello", "", "last"});
  if (HasFailure()) return;
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  if (listener == nullptr) return;
  auto& client = server.Connect();
  const auto name = FreshName();
  client.Say(name + "\r\n");
  if (HearsOk(server, client)) Hears(server, *listener, {"* " + name + " joined"});
}

LAB_CHECK_F(LinesCheck, Lines, MayBeEmpty, .points = 1, .hint = "An empty line is not an empty recv.",
            .needs = {"Room.TellsMessages"}, .title = "an empty line is a message") {
  HearsOfLine("\n\nx\n\n", {"", "", "x", ""});
}

LAB_CHECK_F(LinesCheck, Lines, AreDroppedUnfinished, .points = 2,
            .hint = "A line ends with its newline, and not before.", .needs = {"Room.TellsLeft", "Room.TellsMessages"},
            .title = "an unfinished last line is dropped") {
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  auto* client = listener == nullptr ? nullptr : Enter(server, FreshName());
  if (client == nullptr) return;
  client->Say("whole\nunfinished");
  if (!Hears(server, *listener, {NameOf(*client) + ": whole"})) return;
  if (!Settle(server) || !Hears(server, *listener, {})) return;
  client->HalfClose();
  Hears(server, *listener, {"* " + NameOf(*client) + " left"});
}

LAB_CHECK_F(
    LinesCheck, Lines, ComeInPieces, .points = 4,
    .hint = "What recv returns is no line: append it to the client's buffer, and take whole lines off its front.",
    .needs = {"Room.TellsMessages"}, .title = "lines may arrive in pieces, or many at once") {
  auto server = ServeChat();
  if (!server) return;
  auto* listener = Enter(server, FreshName());
  if (listener == nullptr) return;
  // Byte by byte, from the name on; a character of several bytes as well.
  auto& slow = server.Connect();
  const std::string name = "sl\xc3\xb6w" + FreshName().substr(0, 3);
  for (const char byte : name + "\nh\xc3\xa4llo " + "\xe2\x82\xac\n") {
    slow.Say({&byte, 1});
    if (!Settle(server)) return;
  }
  if (!HearsOk(server, slow)) return;
  if (!Hears(server, *listener, {"* " + name + " joined", name + ": h\xc3\xa4llo \xe2\x82\xac"})) return;
  // All at once: the name as well.
  auto& fast = server.Connect();
  const auto fast_name = FreshName();
  fast.Say(fast_name + "\none\ntwo\nthree\n");
  if (!HearsOk(server, fast)) return;
  Hears(server, *listener,
        {"* " + fast_name + " joined", fast_name + ": one", fast_name + ": two", fast_name + ": three"});
}

LAB_CHECK_F(LinesCheck, Lines, KeepTheirOrder, .points = 3,
            .hint = "One queue for each listener, and one who puts lines into it at a time.",
            .needs = {"Room.TellsMessages"}, .title = "everybody hears a sender's lines in their order") {
  auto server = ServeChat();
  if (!server) return;
  const auto members = EnterMany(server, 6);
  if (HasFailure()) return;
  std::map<Client*, Lines> said;
  for (auto* member : members) said[member] = Numbered(NameOf(*member), 150, 60);
  TalkAtOnce(server, members, said);
}

LAB_CHECK_F(LinesCheck, Lines, AreWholeUpTo64KiB, .points = 4,
            .hint =
                "send may take a part of a long line. The rest must follow before anything else goes to that client, "
                "whoever sends it.",
            .needs = {"Room.TellsMessages"}, .title = "lines of 64 KiB arrive whole, never mixed") {
  auto server = ServeChat();
  if (!server) return;
  const auto members = EnterMany(server, 4);
  if (HasFailure()) return;
  std::map<Client*, Lines> said;
  for (auto* member : members) {
    said[member] = Numbered(NameOf(*member), 8, 60'000);
    for (auto& line : said[member]) {
      if (random().Integer(0, 2) == 0) line.resize(kLongest, 'z');
    }
    said[member].push_back(std::string(kLongest, 'y'));
  }
  TalkAtOnce(server, members, said);
}

}  // namespace
}  // namespace grader::checks::lab03
