// nonblock: non-blocking accept, ticks, and a time-out for silent clients. What the contract says in times is judged
// where a busy machine cannot be to blame: nothing comes sooner because of it, and later is not held against anybody.
#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "grader/checks/server_vocabulary.h"
#include "grader/checks/single_thread_server.h"

namespace grader::checks::lab14 {
namespace {

using std::chrono::microseconds;

class Nonblock : public OkServerCheck {
 protected:
  Protocol protocol() override {
    auto protocol = OkProtocol({.program = "nonblock"}, 5454);
    protocol.one_by_one = true;  // the contract leaves open whether others are served meanwhile
    return protocol;
  }

  static std::size_t Ticks(Server& server) {
    const auto lines = SplitLines(server.Out());
    return static_cast<std::size_t>(std::ranges::count(lines, "tick"));
  }

  // Lets fair time pass while the clients listen.
  static void Pass(Server& server, std::chrono::milliseconds time) {
    server.clients().WaitUntil([] { return false; }, time);
  }

  bool AwaitTicks(Server& server, std::size_t count) {
    return Await(server, fmt::format("{} ticks while nobody is there", count), [&] { return Ticks(server) >= count; });
  }

  // Of the lines of a finished run the ticks, at most so many in any stretch of time: never in arrears.
  void ExpectNoBursts(const Observation& run) {
    constexpr auto kPeriod = 100ms;
    constexpr std::size_t kWindow = 6;  // ticks
    std::vector<microseconds> ticks;
    for (const auto& line : run.lines) {
      if (line.line == "tick") ticks.push_back(line.at.machine_time);
    }
    // The grader may be late to read some and then in time for others, so only a burst much too dense counts.
    for (std::size_t i = 0; i + kWindow < ticks.size(); ++i) {
      if (ticks[i + kWindow] - ticks[i] >= kWindow * kPeriod / 3) continue;
      return Fail(
          run, "between two ticks 100 ms pass, and no tick is made up for later",
          {fmt::format("{} ticks came within {}", kWindow + 1, InWords(ticks[i + kWindow] - ticks[i])), {}, {}});
    }
  }
};

OK_SERVER_CHECKS_OF_A_POLLER(Nonblock, Nonblock)

LAB_CHECK_F(Nonblock, Nonblock, KeepsNothingOfThoseWhoLeft, .points = 2, .hint = "Close the socket of who has left.",
            .needs = {"Nonblock.AnswersEachMessage"}, .title = "nonblock keeps nothing of 20 clients who left") {
  ServerRules::KeepsNothingOfThoseWhoLeft(protocol(), 20);  // few: it may sleep for 100 ms before each
}

LAB_CHECK_F(Nonblock, Nonblock, TicksWhileNobodyConnects, .points = 4,
            .hint = "accept fails with EAGAIN: tick, sleep 100 ms, look again.",
            .title = "nonblock ticks every 100 ms while nobody connects") {
  auto server = Serve(protocol().options);
  if (!server || !AwaitTicks(server, 12)) return;
  ExpectNoBursts(Finish(server));
}

LAB_CHECK_F(Nonblock, Nonblock, AcceptsWithoutBlocking, .points = 3,
            .hint = "fcntl with O_NONBLOCK, or SOCK_NONBLOCK, on the listening socket.",
            .needs = {"Nonblock.TicksWhileNobodyConnects"},
            .title = "nonblock has a listening socket that does not block") {
  auto server = Serve(protocol().options);
  if (!server || !AwaitTicks(server, 2)) return;
  const auto glimpse = server.run().TakeGlimpse();
  bool non_blocking = false;
  for (const auto& listener : server.run().ListeningSockets()) {
    const std::string name = fmt::format("socket:[{}]", listener.inode);
    for (const auto& process : glimpse.processes) {
      for (const auto& open : process.descriptors) {
        if (open.target != name) continue;
        const std::string info = server.run().DescriptorInfo(process.pid, open.number);
        const std::size_t flags = info.find("flags:");
        if (flags == info.npos) continue;
        non_blocking |= (std::strtoul(info.c_str() + flags + 6, nullptr, 8) & O_NONBLOCK) != 0;
      }
    }
  }
  if (!non_blocking) FailServer(server, "the listening socket has the flag O_NONBLOCK", {"it has not", {}, {}});
}

LAB_CHECK_F(Nonblock, Nonblock, MakesUpForNoTicks, .points = 2,
            .hint = "Sleep for 100 ms from now, not until the time at which a tick had been due.",
            .needs = {"Nonblock.TicksWhileNobodyConnects", "Nonblock.AnswersEachMessage"},
            .title = "nonblock never ticks in arrears after a client has left") {
  auto server = Serve(protocol().options);
  if (!server || !AwaitTicks(server, 2)) return;
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return;
  for (int i = 0; i < 5; ++i) {
    client.Say(random().Name());
    if (!Await(server, "the answer OK", [&] { return client.unread().size() >= 2 || client.ended(); }, {&client}))
      return;
    client.TakeAll();
    Pass(server, 200ms);
  }
  client.Close();
  if (!AwaitTicks(server, Ticks(server) + 8)) return;
  ExpectNoBursts(Finish(server));
}

LAB_CHECK_F(Nonblock, Nonblock, TellsASilentClient, .points = 4,
            .hint = "A time-out for recv: settimeout, SO_RCVTIMEO, or poll; then send `timeout` and close.",
            .needs = {"Nonblock.AnswersEachMessage"},
            .title = "nonblock tells a client that is silent for a second `timeout`, and closes it") {
  auto server = Serve(protocol().options);
  if (!server) return;
  Client* const client = Greet(server, protocol());
  if (client == nullptr) return;
  const auto talked = std::chrono::steady_clock::now();
  const auto told = [&] { return client->unread().find("timeout") != std::string_view::npos || client->ended(); };
  if (!Await(server, "a client that is silent is told `timeout`", told, {client}, 8s)) return;
  // A busy machine makes it later, never sooner. The server's second began a little before ours.
  const auto waited = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - talked);
  if (client->unread().find("timeout") == std::string_view::npos) {
    return FailServer(server, "a client that is silent is told `timeout` before it is closed",
                      {"it was closed without it", {}, {}}, {client});
  }
  if (waited < 850ms) {
    return FailServer(server, "a client may be silent for a second", {"it was told after " + InWords(waited), {}, {}},
                      {client});
  }
  AwaitEnd(server, *client);
}

LAB_CHECK_F(Nonblock, Nonblock, CountsFromTheLastMessage, .points = 2,
            .hint = "The second begins anew with each message.", .needs = {"Nonblock.TellsASilentClient"},
            .title = "the second of silence begins anew with each message") {
  constexpr auto kStep = 400ms;
  for (int attempt = 0; attempt < 4; ++attempt) {
    auto server = Serve(protocol().options);
    if (!server) return;
    Client* const client = Greet(server, protocol());
    if (client == nullptr) return;
    bool in_time = true;  // this machine made no pause of a second
    for (int i = 0; i < 5 && in_time; ++i) {
      const auto since = std::chrono::steady_clock::now();
      Pass(server, kStep);
      client->Say(random().Name());
      if (!Await(server, "the answer OK", [&] { return !client->unread().empty() || client->ended(); }, {client}))
        return;
      in_time = std::chrono::steady_clock::now() - since < 900ms;
      const bool cut = client->ended() || client->unread().find("timeout") != std::string_view::npos;
      if (cut && in_time) {
        return FailServer(server, "a client that says something every 400 ms is not silent for a second",
                          {fmt::format("it was cut off after {} of them", i + 1), {}, {}}, {client});
      }
      client->TakeAll();
    }
    if (in_time) return;
  }
  Skip("this machine is too busy to say something every 400 ms");
}

}  // namespace
}  // namespace grader::checks::lab14
