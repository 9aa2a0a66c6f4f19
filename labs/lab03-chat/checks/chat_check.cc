#include "chat_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace grader::checks::lab03 {

Lines UnreadLines(const Client& client) {
  Lines lines;
  auto rest = client.unread();
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    lines.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return lines;
}

std::string Shown(std::string_view line) {
  constexpr std::size_t kMost = 60;
  std::string shown;
  for (const char c : line.substr(0, kMost)) {
    shown += static_cast<unsigned char>(c) < ' ' ? fmt::format("\\x{:02x}", static_cast<int>(c)) : std::string(1, c);
  }
  while (line.size() > kMost && !shown.empty() && (shown.back() & 0x80) != 0) shown.pop_back();  // half a character
  return line.size() > kMost ? fmt::format("\"{}...\" ({} bytes)", shown, line.size()) : '"' + shown + '"';
}

Protocol ChatCheck::ChatProtocol() {
  return {.options = ChatOptions(),
          .default_host = "0.0.0.0",
          .default_port = 8888,
          .greeting = [](int client) { return "guest" + std::to_string(client) + "\n"; },
          .answered =
              [](const Client& client) {
                // Whoever has its name already answers by having heard something.
                return client.unread().starts_with("OK\n");
              },
          .answer = "OK, as the answer to its name",
          .more = "hello\n"};
}

Server ChatCheck::ServeChat() {
  names_.clear();
  return Serve(ChatOptions());
}

Client* ChatCheck::Enter(Server& server, const std::string& name) {
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return nullptr;
  Say(client, name);
  if (!HearsOk(server, client)) return nullptr;
  const auto others = names_;
  names_.emplace_back(&client, name);
  for (const auto& [other, its_name] : others) {
    if (other->closed() || other->ended()) continue;
    if (!Hears(server, *other, {"* " + name + " joined"})) return nullptr;
  }
  return &client;
}

std::vector<Client*> ChatCheck::EnterMany(Server& server, int count) {
  std::vector<Client*> clients;
  for (int i = 0; i < count; ++i) {
    auto* client = Enter(server, FreshName());
    if (client == nullptr) return clients;
    clients.push_back(client);
  }
  return clients;
}

const std::string& ChatCheck::NameOf(const Client& client) const {
  return std::ranges::find(names_, &client, [](const auto& entry) { return entry.first; })->second;
}

bool ChatCheck::Hears(Server& server, Client& client, const Lines& lines) {
  const auto expected = fmt::format("{} hears {}", client.name(), lines.empty() ? "nothing" : Shown(lines.front()));
  const auto wrong = [&](const Lines& heard) {
    return heard.size() > lines.size() || !std::equal(heard.begin(), heard.end(), lines.begin());
  };
  Lines heard;
  const auto there = [&] {
    heard = UnreadLines(client);
    return heard.size() >= lines.size() || wrong(heard) || client.ended();
  };
  if (lines.empty() ? !Settle(server) : !Await(server, expected, there, {&client})) return false;
  heard = UnreadLines(client);
  if (heard == lines) {
    client.TakeAll();
    return true;
  }
  std::size_t at = 0;
  while (at < heard.size() && at < lines.size() && heard[at] == lines[at]) ++at;
  const auto due = at < lines.size() ? Shown(lines[at]) : "nothing more";
  const auto came = at < heard.size() ? "it heard " + Shown(heard[at]) : "its connection was closed";
  FailServer(server, fmt::format("{} hears {}", client.name(), due), {.happened = came}, {&client});
  return false;
}

bool ChatCheck::HearsError(Server& server, Client& client, const std::string& why) {
  const auto expected = why + " is answered with ERR and a reason";
  const auto there = [&] { return !UnreadLines(client).empty() || client.ended(); };
  if (!Await(server, expected, there, {&client})) return false;
  const auto heard = UnreadLines(client);
  constexpr std::size_t kPrefix = 4;
  const bool error = heard.size() == 1 && heard[0].starts_with("ERR ") && heard[0].size() > kPrefix;
  if (error && !client.ended()) {
    client.TakeAll();
    return true;
  }
  const auto first = heard.empty() ? std::string("nothing") : Shown(heard.front());
  FailServer(server, expected + ", and the client may try another",
             {.happened = client.ended() ? "the connection was closed" : "it heard " + first}, {&client});
  return false;
}

}  // namespace grader::checks::lab03
