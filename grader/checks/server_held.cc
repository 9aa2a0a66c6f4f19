// What is done to a server while it is provably between two of its calls: nobody reads its stdout, so it sleeps in the
// write of what it prints.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "grader/checks/single_thread_server.h"
#include "grader/os/bytes.h"

namespace grader::checks {
namespace {

// More than the pipe takes while it is held, and less than a socket does.
constexpr std::size_t kEnoughToHold = std::size_t{12} * 1024;

}  // namespace

// First the end of file and then the reset have arrived when the server sends its next answer: that is EPIPE at once
// (tcp_reset() in the kernel), and SIGPIPE for who did not ask to be spared.
void ServerRules::SurvivesAnAnswerToNobody(const Protocol& protocol) {
  auto server = Serve(protocol.options);
  if (!server) return;
  Client* const gone = Greet(server, protocol);
  if (gone == nullptr) return;
  server.run().HoldOutput();
  gone->Say(std::string(kEnoughToHold, 'x'));
  if (!Settle(server)) return;
  gone->HalfClose();
  if (!Settle(server)) return;
  gone->Reset();
  if (!Settle(server)) return;
  server.run().ReleaseOutput();
  if (Settle(server)) Greet(server, protocol);
}

// While the server sleeps, all of it arrives, and an edge tells of it once.
void SingleThreadServer::DrainsWhatCameAtOnce() {
  constexpr std::size_t kBurst = std::size_t{64} * 1024;
  const auto how = protocol();
  auto server = Serve(how.options);
  if (!server) return;
  Client* const holder = Greet(server, how);
  Client* const talker = holder == nullptr ? nullptr : Greet(server, how);
  if (talker == nullptr || !Settle(server)) return;
  server.run().HoldOutput();
  holder->Say(std::string(kEnoughToHold, 'x'));
  if (!Settle(server)) return;
  std::string burst;
  while (burst.size() < kBurst) burst += static_cast<char>(random().Integer('a', 'w'));
  talker->Say(burst);
  std::vector<Client*> newcomers;
  for (int i = 0; i < 2; ++i) {
    Client& newcomer = server.Connect();
    if (newcomer.connecting()) {  // a backlog of 0 has room for one
      newcomer.Close();
      break;
    }
    newcomers.push_back(&newcomer);
    newcomer.Say(random().Name());
    if (!Settle(server)) return;
  }
  server.run().ReleaseOutput();
  const std::string when = ", although all of them came while the server was writing to stdout";
  for (Client* const newcomer : newcomers) {
    if (!Await(server, "each new client is answered" + when, [&] { return !newcomer->unread().empty(); }, {newcomer})) {
      return;
    }
  }
  Await(server, fmt::format("every one of {} bytes on stdout, without further input{}", kBurst, when),
        [&] { return IsWithin(burst, server.Out()); }, {talker});
}

// The one who never stops is being served when the other one speaks, and all that the kernel holds for him has come
// before: who reads on until nothing is left reads all of that first.
void SingleThreadServer::StarvesNobody() {
  constexpr std::size_t kBlock = std::size_t{256} * 1024;
  constexpr std::size_t kMost = std::size_t{16} << 20;
  auto how = protocol();
  how.options.run.limits = limits();
  how.options.run.limits->output = os::MiB(256);
  auto server = Serve(how.options);
  if (!server) return;
  Client* const flood = Greet(server, how);
  Client* const other = flood == nullptr ? nullptr : Greet(server, how);
  if (other == nullptr || !Settle(server)) return;
  server.run().HoldOutput();
  std::size_t said = 0;
  while (flood->unsent() == 0 && !flood->ended() && said < kMost) {
    flood->Say(std::string(kBlock, 'x'));
    said += kBlock;
    if (!Settle(server)) return;
  }
  const std::size_t there = said - flood->unsent();
  const std::string word = fmt::format("<{}>", random().Integer(1'000'000, 9'999'999));
  other->Say(word);
  if (!Settle(server)) return;
  server.run().ReleaseOutput();
  const std::string expected = "another client is answered while one never stops sending";
  if (!Await(server, expected, [&] { return !other->unread().empty() && server.Out().find(word) != std::string::npos; },
             {other})) {
    return;
  }
  const std::string out = server.Out();
  const auto taken =
      static_cast<std::size_t>(std::count(out.begin(), out.begin() + static_cast<long>(out.find(word)), 'x'));
  if (taken < there) return;
  FailServer(server, expected,
             {fmt::format("it was answered only when all {} KiB that had come from the other one had been read; while "
                          "more comes, that is never",
                          there >> 10),
              {},
              {}},
             {other});
}

}  // namespace grader::checks
