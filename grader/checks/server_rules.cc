#include "grader/checks/server_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <map>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"

namespace grader::checks {
namespace {

using observe::Glimpse;
using observe::Observation;
using namespace std::chrono_literals;

// Threads, processes and descriptors of a server at rest.
// Many answers of a server that takes a message for what one recv of 1,024 bytes returns.
constexpr std::size_t kMuch = 30'000;

struct Size {
  std::size_t processes = 0;
  std::size_t threads = 0;
  std::size_t descriptors = 0;
};

Size SizeOf(Server& server) {
  const Glimpse glimpse = server.run().TakeGlimpse();
  return {glimpse.living(), glimpse.threads(), glimpse.descriptors()};
}

// How often the most restless process of the server was woken between two looks, for each of its threads.
std::uint64_t WakeUps(const Glimpse& before, const Glimpse& after) {
  std::uint64_t most = 0;
  for (const auto& process : after.processes) {
    const auto same = std::ranges::find(before.processes, process.pid, &Glimpse::Process::pid);
    if (same == before.processes.end() || process.threads.empty()) continue;
    most = std::max(most, (process.slices - std::min(same->slices, process.slices)) / process.threads.size());
  }
  return most;
}

// At the program's own speed: of a crowd a tracer would have much to do, and nothing of what it sees is asked here.
ServerOptions Untraced(ServerOptions options) {
  options.run.level = observe::TraceLevel::kNone;
  return options;
}

void Pass(Server& server, std::chrono::milliseconds fair_time) {
  std::optional<std::chrono::microseconds> since;
  server.run().WaitUntil([&](const observe::Progress& now) {
    if (!since) since = now.fair_time;
    return now.fair_time - *since > fair_time;
  });
}

}  // namespace

Client* ServerRules::Greet(Server& server, const Protocol& protocol) {
  Client& client = server.Connect();
  if (!AwaitConnected(server, client)) return nullptr;
  client.Say(protocol.greeting(client.number()));
  if (!AwaitAnswers(server, protocol, {&client})) return nullptr;
  return &client;
}

bool ServerRules::AwaitAnswers(Server& server, const Protocol& protocol, const std::vector<Client*>& clients) {
  for (Client* client : clients) {
    const std::string expected = fmt::format("{} hears {}", client->name(), protocol.answer);
    if (!Await(server, expected, [&] { return protocol.answered(*client); }, {client})) return false;
  }
  for (Client* client : clients) client->TakeAll();
  return true;
}

void ServerRules::KeepsNothingOfThoseWhoLeft(const Protocol& protocol, int clients) {
  const int warm_up = std::min(20, clients / 2);
  constexpr int kAtOnce = 25;
  constexpr std::size_t kAllowance = 8;  // of descriptors and threads, as a pool of either may still grow
  auto server = Serve(Untraced(protocol.options));
  if (!server) return;
  const auto leave = [](Client& guest) { guest.number() % 2 == 0 ? guest.Reset() : guest.Close(); };
  const auto come_and_go = [&](int count) {
    auto guests = server.ConnectMany(count);
    for (Client* guest : guests) {
      if (!AwaitConnected(server, *guest)) return false;
      guest->Say(protocol.greeting(guest->number()));
      if (protocol.one_by_one && !AwaitAnswers(server, protocol, {guest})) return false;
      if (protocol.one_by_one) leave(*guest);
    }
    if (!protocol.one_by_one && !AwaitAnswers(server, protocol, guests)) return false;
    for (Client* guest : guests) leave(*guest);
    return true;
  };
  const int at_once = protocol.one_by_one ? 1 : kAtOnce;
  for (int i = 0; i < warm_up; i += at_once) {
    if (!come_and_go(at_once)) return;
  }
  if (!Settle(server)) return;
  const Size before = SizeOf(server);
  for (int i = 0; i < clients; i += at_once) {
    if (!come_and_go(at_once)) return;
  }
  if (!Settle(server)) return;
  const Size after = SizeOf(server);
  const auto grown = [&](std::size_t Size::*what) { return after.*what > before.*what + kAllowance; };
  const std::string expected =
      fmt::format("after {} clients have come and gone the server is as large as before", clients);
  if (grown(&Size::descriptors)) {
    FailServer(
        server, expected,
        {fmt::format("it had {} open descriptors before, and {} afterwards", before.descriptors, after.descriptors),
         {},
         {},
         "Close the socket of a client when it leaves; after fork also the copy that the parent keeps."});
  } else if (grown(&Size::processes)) {
    FailServer(
        server, expected,
        {fmt::format("{} processes lived before, and {} afterwards", before.processes, after.processes), {}, {}});
  } else if (grown(&Size::threads)) {
    FailServer(server, expected,
               {fmt::format("{} threads lived before, and {} afterwards", before.threads, after.threads), {}, {}});
  }
}

void ServerRules::LeavesNoZombies(const Protocol& protocol) {
  auto server = Serve(protocol.options);
  if (!server) return;
  std::vector<Client*> guests;
  for (int i = 0; i < (protocol.one_by_one ? 1 : 20); ++i) {
    guests.push_back(Greet(server, protocol));
    if (guests.back() == nullptr) return;
  }
  for (Client* guest : guests) guest->Close();
  if (!Settle(server)) return;
  // Who reaps when the next client comes may.
  if (Greet(server, protocol) == nullptr || !Settle(server)) return;
  const Glimpse glimpse = server.run().TakeGlimpse();
  if (glimpse.zombies() == 0) return;
  FailServer(
      server, "no child of the server stays a zombie while it serves",
      {fmt::format("{} left at the same moment; when the next one had been served there {} still {}",
                   Count(guests.size(), "client", "clients"), glimpse.zombies() == 1 ? "was" : "were",
                   Count(glimpse.zombies(), "zombie", "zombies")),
       {},
       {},
       "One SIGCHLD can stand for many children: loop waitpid(-1, …, WNOHANG), or ignore SIGCHLD before the first "
       "fork."});
}

void ServerRules::CostsNothingWhileIdle(const Protocol& protocol) {
  constexpr std::uint64_t kMostWakeUps = 8;
  auto server = Serve(protocol.options);
  if (!server) return;
  for (int i = 0; i < (protocol.one_by_one ? 1 : 5); ++i) {
    if (Greet(server, protocol) == nullptr) return;
  }
  const std::string expected = "a server whose clients are silent sleeps";
  if (server.clients().Settle(1500ms) == Waited::kPatience) {
    return FailServer(
        server, expected,
        {"it kept computing although nothing happened",
         {},
         {},
         "A call that returns at once, again and again, keeps the processor busy. Which of your descriptors is "
         "always ready?"});
  }
  if (!Settle(server) || server.clients().settled_for_good()) return;
  const auto since = std::chrono::steady_clock::now();
  const Glimpse before = server.run().TakeGlimpse();
  Pass(server, 1s);
  const auto woken = WakeUps(before, server.run().TakeGlimpse());
  // By the clock on the wall: a busy machine makes a second longer, and then a slow look now and then is many.
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
  const auto wake_ups = static_cast<std::uint64_t>(static_cast<double>(woken) / seconds);
  if (wake_ups < kMostWakeUps) return;
  FailServer(server, expected,
             {fmt::format("it woke up {} within a second, only to look", Count(wake_ups, "time", "times")),
              {},
              {},
              "Block until something happens; a short time-out again and again is polling."});
}

void ServerRules::ServesManyAtOnce(const Protocol& protocol, int clients) {
  auto server = Serve(Untraced(protocol.options));
  if (!server) return;
  const auto crowd = server.ConnectMany(clients);
  for (const Client* client : crowd) {
    if (!AwaitConnected(server, *client)) return;
  }
  std::vector<Client*> shuffled = crowd;
  random().Shuffle(shuffled);
  for (Client* client : shuffled) client->Say(protocol.greeting(client->number()));
  AwaitAnswers(server, protocol, shuffled);
}

void ServerRules::SurvivesClientsThatVanish(const Protocol& protocol) {
  auto server = Serve(protocol.options);
  if (!server) return;
  Client* const faithful = protocol.one_by_one ? nullptr : Greet(server, protocol);
  if (!protocol.one_by_one && faithful == nullptr) return;
  MeetBadClients(server, protocol);
  if (HasFailure()) return;
  if (Greet(server, protocol) == nullptr) return;
  if (faithful != nullptr && faithful->ended()) {
    FailServer(server, "a client that does nothing wrong keeps its connection", {"it lost it", {}, {}}, {faithful});
  }
}

// Each is followed by a settling, so that the server meets them one by one, whatever it does about them.
void ServerRules::MeetBadClients(Server& server, const Protocol& protocol) {
  const auto greeting = [&](const Client& client) { return protocol.greeting(client.number()); };
  const std::vector<std::function<void(Client&)>> habits = {
      [](Client& client) { client.Close(); },
      [](Client& client) { client.Reset(); },
      [&](Client& client) { client.Say(greeting(client).substr(0, 1)), client.Close(); },
      [&](Client& client) { client.Say(greeting(client).substr(0, 1)), client.Reset(); },
      [&](Client& client) { client.Say(greeting(client)), client.Close(); },
      [&](Client& client) { client.Say(greeting(client)), client.Reset(); },
      [&](Client& client) {  // all answers but the first meet a closed door: EPIPE, and SIGPIPE
        std::string much = greeting(client);
        while (!protocol.more.empty() && much.size() < kMuch) much += protocol.more;
        client.SayAndVanish(much);
      },
      [&](Client& client) { client.HalfClose(); },
  };
  for (const auto& habit : habits) {
    Client& client = server.Connect();
    if (!AwaitConnected(server, client)) return;
    habit(client);
    if (!Settle(server)) return;
    client.Close();
  }
}

void ServerRules::SurvivesClientsThatStall(const Protocol& protocol) {
  auto server = Serve(protocol.options);
  if (!server) return;
  Client& silent = server.Connect();
  Client& half = server.Connect();
  if (!AwaitConnected(server, silent) || !AwaitConnected(server, half)) return;
  half.Say(protocol.greeting(half.number()).substr(0, 1));
  half.Stall();
  if (!Settle(server)) return;
  // From here on both are stalled, and provably so: nobody but the check can make them go on.
  for (int i = 0; i < 3; ++i) {
    if (Greet(server, protocol) == nullptr) return;
  }
}

}  // namespace grader::checks
