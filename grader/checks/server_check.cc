#include "grader/checks/server_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <utility>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"
#include "grader/checks/server_spin.h"

namespace grader::checks {
namespace {

using observe::Observation;
using std::chrono::milliseconds;

// "within 1 s": of fair time, and a little for looking.
constexpr milliseconds kEndWithin{1250};

// A server that waits for clients takes as long as they do, and on a busy machine they may take long. Every wait of a
// check has an end of its own.
constexpr std::chrono::minutes kLongest{10};

// Below the ports that the kernel gives to clients (ip(7), ip_local_port_range).
constexpr int kLowestPort = 10'000;
constexpr int kHighestPort = 30'000;

// What the clients said and heard; of many, the last.
std::vector<std::string> TranscriptOf(Server& server, const std::vector<const Client*>& about) {
  constexpr std::size_t kMost = 3;
  std::vector<const Client*> told = about;
  if (told.empty()) {
    for (const auto& client : server.clients().all()) told.push_back(client.get());
  }
  if (told.size() > kMost) told.erase(told.begin(), told.end() - kMost);
  std::vector<std::string> lines;
  for (const Client* client : told) std::ranges::copy(client->Transcript(), std::back_inserter(lines));
  return lines;
}

std::vector<std::string> PlacesOf(const Observation& run) {
  constexpr std::size_t kMost = 4;
  std::vector<std::string> lines;
  const auto* const stopped = std::get_if<observe::Stopped>(&run.outcome);
  if (stopped == nullptr) return lines;
  for (const auto& task : stopped->places) {
    const std::string place = PlaceOf(task.stack);
    if (place.empty() || lines.size() >= kMost) continue;
    const auto& process = run.processes.at(static_cast<std::size_t>(task.process));
    const std::string who =
        task.tid == process.pid ? Name(process) : fmt::format("thread {} of {}", task.tid, Name(process));
    lines.push_back(who + (task.asleep ? " sleeps at " : " is at ") + place);
  }
  return lines;
}

std::string Happened(Waited waited) {
  switch (waited) {
    case Waited::kNever:
      return "it will never come: every process and thread of the server sleeps, all bytes have arrived, and nobody is "
             "left to wake it";
    case Waited::kPatience:
      return "it did not come, though the server was given the time";
    case Waited::kEnded:
    case Waited::kMet:
      break;
  }
  return "the server has ended";
}

}  // namespace

std::string Server::Out() {
  std::string out;
  run_->WaitUntil([&](const observe::Progress& now) {
    out = now.out;
    return true;
  });
  return out;
}

Server ServerCheck::Serve(ServerOptions options) {
  if (options.port == 0) options.port = static_cast<int>(random().Integer(kLowestPort, kHighestPort));
  std::vector<std::string> args = options.flags;
  args.push_back(options.host);
  args.push_back(std::to_string(options.port));
  std::ranges::copy(options.more, std::back_inserter(args));
  auto server = Launch(options, std::move(args), {"127.0.0.1", static_cast<std::uint16_t>(options.port)});
  AwaitListening(server);
  return server;
}

Server ServerCheck::Launch(const ServerOptions& options, std::vector<std::string> args, Endpoint endpoint) {
  RunOptions run = options.run;
  run.program = options.program;
  run.args = std::move(args);
  run.limits = run.limits.value_or(limits());
  run.limits->wall_time = std::max<milliseconds>(run.limits->wall_time, kLongest);
  return {Start(std::move(run)), std::move(endpoint)};
}

// Who listens elsewhere does not do as it was told, which is a check of its own; what it does besides can be judged.
bool ServerCheck::AwaitListening(Server& server) {
  std::vector<std::uint16_t> ports;
  const Waited waited = server.clients().WaitUntil([&] {
    ports = server.clients().ListeningPorts();
    return !ports.empty();
  });
  if (waited == Waited::kMet) {
    server.set_listening();
    if (std::ranges::count(ports, server.port()) == 0) server.clients().Aim({"127.0.0.1", ports.front()});
    return true;
  }
  FailWaited(server, fmt::format("the server listens on port {}", server.port()), waited, {});
  return false;
}

bool ServerCheck::Await(Server& server, const std::string& expected, const std::function<bool()>& condition,
                        const std::vector<const Client*>& about, milliseconds patience) {
  const Waited waited = WaitUnlessItSpins(
      server, patience, [&](milliseconds most) { return server.clients().WaitUntil(condition, most); });
  if (waited == Waited::kMet) return true;
  FailWaited(server, expected, waited, about);
  return false;
}

bool ServerCheck::AwaitConnected(Server& server, const Client& client) {
  return Await(server, client.name() + " can connect", [&] { return client.connected(); }, {&client});
}

bool ServerCheck::AwaitHeard(Server& server, Client& client, std::string_view bytes) {
  const std::string expected = fmt::format("{} hears {}", client.name(), clients::Quoted(bytes));
  const auto differs = [&] {
    const auto size = std::min(bytes.size(), client.unread().size());
    return client.unread().substr(0, size) != bytes.substr(0, size);
  };
  const auto enough = [&] { return client.unread().size() >= bytes.size() || differs(); };
  if (!Await(server, expected, enough, {&client})) return false;
  if (differs()) {
    FailServer(server, expected, {"it heard " + clients::Quoted(client.unread()), {}, {}}, {&client});
    return false;
  }
  client.Take(bytes.size());
  return true;
}

bool ServerCheck::AwaitEnd(Server& server, const Client& client) {
  return Await(server, "the server closes its connection to " + client.name(), [&] { return client.ended(); },
               {&client});
}

bool ServerCheck::Settle(Server& server) {
  const Waited waited =
      WaitUnlessItSpins(server, Clients::kPatience, [&](milliseconds most) { return server.clients().Settle(most); });
  if (waited == Waited::kMet) return true;
  FailWaited(server, "the server sleeps when it has nothing to do", waited, {});
  return false;
}

void ServerCheck::FailWaited(Server& server, const std::string& expected, Waited waited,
                             const std::vector<const Client*>& about) {
  auto spinning = waited == Waited::kPatience ? ProblemOfSpinning(server) : std::nullopt;
  FailServer(server, expected, spinning ? std::move(*spinning) : Problem{Happened(waited), {}, {}}, about);
}

void ServerCheck::FailServer(Server& server, const std::string& expected, Problem problem,
                             const std::vector<const Client*>& about) {
  std::vector<std::string> transcript = TranscriptOf(server, about);
  server.run().StopAndTellPlaces();
  const Observation run = server.run().Finish();
  if (auto end = ProblemOfOutcome(run); end && !std::holds_alternative<observe::Stopped>(run.outcome)) {
    problem = std::move(*end);
    problem.happened = "the server has ended: " + problem.happened;
  } else if (std::holds_alternative<observe::Exited>(run.outcome)) {
    problem.happened = "the server has ended: it " + observe::Describe(run.outcome);
  }
  std::ranges::copy(PlacesOf(run), std::back_inserter(problem.facts));
  std::ranges::move(transcript, std::back_inserter(problem.facts));
  Fail(run, expected, std::move(problem));
}

Observation ServerCheck::Finish(Server& server) {
  server.run().Stop();
  return server.run().Finish();
}

Observation ServerCheck::Terminate(Server& server, const std::function<void()>& beside) {
  const auto go_on = [&] {
    if (beside) beside();
    return false;
  };
  server.run().Signal(SIGTERM);
  if (server.clients().WaitUntil(go_on, kEndWithin) != Waited::kEnded) server.run().StopAndTellPlaces();
  return server.run().Finish();
}

void ServerCheck::ExpectGoodEnd(const Observation& run) {
  const std::string expected = "within a second of SIGTERM the server ends with status 0, and its children with it";
  if (std::holds_alternative<observe::Stopped>(run.outcome)) {
    return Fail(run, expected, {"it was still there", PlacesOf(run), {}});
  }
  if (const auto* end = std::get_if<observe::Signaled>(&run.outcome); end != nullptr && end->signal == SIGTERM) {
    return Fail(run, expected, {"SIGTERM killed it: it has to be handled, so that the program ends by itself", {}, {}});
  }
  if (const auto* end = std::get_if<observe::Exited>(&run.outcome); end != nullptr && end->code != 0) {
    return Fail(run, expected, {"it " + observe::Describe(run.outcome), {}, {}});
  }
  if (auto problem = ProblemOfOutcome(run)) return Fail(run, expected, std::move(*problem));
  EXPECT_THAT(run, LeavesNoStray());
}

Observation ServerCheck::RunUntilAtRest(const ServerOptions& options, std::vector<std::string> args) {
  auto program = Launch(options, std::move(args), {});
  program.run().CloseInput();
  if (program.clients().WaitUntil([] { return false; }) != Waited::kEnded) program.run().StopAndTellPlaces();
  return program.run().Finish();
}

}  // namespace grader::checks
