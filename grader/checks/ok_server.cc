#include "grader/checks/ok_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

// What is left behind the answers "OK", each optionally with a newline.
std::string_view AfterAnswers(std::string_view heard, std::size_t* answers = nullptr) {
  while (heard.starts_with("OK")) {
    heard.remove_prefix(2);
    if (heard.starts_with("\r\n")) heard.remove_prefix(2);
    if (heard.starts_with("\n")) heard.remove_prefix(1);
    if (answers != nullptr) ++*answers;
  }
  return heard;
}

std::size_t Occurrences(std::string_view text, std::string_view piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != text.npos; at = text.find(piece, at + piece.size())) ++count;
  return count;
}

bool HoldsInOrder(std::string_view text, const std::vector<std::string>& pieces) {
  std::size_t at = 0;
  for (const std::string& piece : pieces) {
    at = text.find(piece, at);
    if (at == text.npos) return false;
    at += piece.size();
  }
  return true;
}

}  // namespace

bool IsWithin(std::string_view bytes, std::string_view text) {
  std::size_t found = 0;
  for (const char each : text) {
    if (found < bytes.size() && each == bytes[found]) ++found;
  }
  return found == bytes.size();
}

Protocol OkProtocol(ServerOptions options, int default_port) {
  Protocol protocol;
  protocol.options = std::move(options);
  protocol.default_port = default_port;
  protocol.greeting = [](int number) { return fmt::format("hello from client {}", number); };
  protocol.answered = [](const Client& client) { return client.unread().starts_with("OK"); };
  protocol.answer = "the answer OK";
  protocol.more = "once more";
  return protocol;
}

bool OkServerCheck::Exchange(Server& server, Client& client, std::string_view message) {
  const std::string expected =
      fmt::format("{} is answered OK, optionally with a newline, to {}", client.name(), clients::Quoted(message));
  client.Say(message);
  if (!Await(server, expected, [&] { return client.unread().size() >= 2 || client.ended(); }, {&client})) return false;
  if (!Settle(server)) return false;
  std::size_t answers = 0;
  const std::string heard = client.TakeAll();
  // A longer message may not fit into the server's buffer, and is several then.
  constexpr std::size_t kShort = 32;
  const std::size_t most = message.size() <= kShort ? 1 : message.size();
  if (AfterAnswers(heard, &answers).empty() && answers >= 1 && answers <= most) return true;
  FailServer(server, expected, {"it heard " + clients::Quoted(heard), {}, {}}, {&client});
  return false;
}

bool OkServerCheck::AwaitPrinted(Server& server, const std::vector<std::string>& pieces) {
  const std::string expected = pieces.size() == 1
                                   ? clients::Quoted(pieces.front()) + " on stdout as soon as it has arrived"
                                   : fmt::format("{} and {} on stdout as soon as they have arrived",
                                                 clients::Quoted(pieces.front()), clients::Quoted(pieces.back()));
  return Await(server, expected, [&] { return HoldsInOrder(server.Out(), pieces); });
}

void OkServerCheck::AnswersEachMessage() {
  auto server = Serve(protocol().options);
  if (!server) return;
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return;
  for (int i = 0; i < 3; ++i) {
    if (!Exchange(server, client, random().Name() + (i == 1 ? "\n" : ""))) return;
  }
}

void OkServerCheck::PrintsEachMessage() {
  auto server = Serve(protocol().options);
  if (!server) return;
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return;
  std::vector<std::string> said;
  for (int i = 0; i < 3; ++i) {
    said.push_back(random().Name() + std::to_string(random().Integer(1000, 9999)));
    if (!Exchange(server, client, said.back() + (i == 1 ? "\n" : ""))) return;
    if (!AwaitPrinted(server, said)) return;
  }
  client.Close();
  if (!Settle(server)) return;
  const auto run = Terminate(server);
  for (const std::string& each : said) {
    const auto times = Occurrences(run.out.text(), each);
    if (times == 1) continue;
    return Fail(
        run, "each message is printed once",
        {fmt::format("{} was printed {}", clients::Quoted(each), Count(times, "time", "times")),
         {},
         {},
         "What stands unflushed in a buffer at a fork is there twice afterwards, and each process prints its copy."});
  }
}

void OkServerCheck::TakesAnyBytes() {
  auto server = Serve(protocol().options);
  if (!server) return;
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return;
  std::vector<char> bytes(256);
  std::iota(bytes.begin(), bytes.end(), 0);
  random().Shuffle(bytes);
  if (!Exchange(server, client, {bytes.data(), bytes.size()})) return;
  const std::string before = random().Name();
  const std::string after = random().Name() + std::to_string(random().Integer(1000, 9999));
  if (Exchange(server, client, before + '\0' + after)) AwaitPrinted(server, {before, after});
}

void OkServerCheck::PrintsEveryByteOfABurst() {
  auto server = Serve(protocol().options);
  if (!server) return;
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return;
  std::string burst;
  const auto size = static_cast<std::size_t>(random().Integer(3000, 9000));
  while (burst.size() < size) burst += static_cast<char>(random().Integer('a', 'z'));
  client.Say(burst);
  const std::string sent = fmt::format("of a burst of {} bytes", size);
  if (!Await(server, sent + " every one on stdout, without further input",
             [&] { return IsWithin(burst, server.Out()); }, {&client})) {
    return;
  }
  if (!Await(server, "at least one OK to the burst, without further input", [&] { return client.unread().size() >= 2; },
             {&client})) {
    return;
  }
  if (!Settle(server)) return;
  const std::string heard = client.TakeAll();
  if (AfterAnswers(heard).empty()) return;
  FailServer(server, "nothing but OK as the answer to " + sent.substr(3),
             {"it heard " + clients::Quoted(heard), {}, {}}, {&client});
}

void OkServerCheck::AnswersWhoHasNoMoreToSay() {
  auto server = Serve(protocol().options);
  if (!server) return;
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return;
  client.Say(random().Name());
  client.HalfClose();
  if (!AwaitHeard(server, client, "OK") || !AwaitEnd(server, client)) return;
  if (client.reset()) {
    return FailServer(server, "the connection is closed in good order", {"it was reset", {}, {}}, {&client});
  }
  Client& silent = server.Connect();
  if (!AwaitConnected(server, silent)) return;
  silent.HalfClose();
  AwaitEnd(server, silent);
}

}  // namespace grader::checks
