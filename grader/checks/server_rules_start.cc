// How a server starts and ends.
#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <memory>
#include <system_error>

#include "grader/checks/matchers.h"
#include "grader/checks/printing.h"
#include "grader/checks/server_rules.h"

namespace grader::checks {
namespace {

using observe::Observation;
using namespace std::chrono_literals;

void ThrowIfFailed(int result, const char* call) {
  if (result != 0) throw std::system_error(errno, std::generic_category(), call);
}

// A socket of the grader's that listens inside the sandbox.
os::Fd ListenInside(sandbox::Sandbox& sandbox, const Endpoint& endpoint) {
  os::Fd listener = sandbox.Socket(AF_INET, SOCK_STREAM);
  const int yes = 1;
  ThrowIfFailed(setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "setsockopt");
  const auto address = clients::AddressOf(endpoint);
  ThrowIfFailed(bind(listener.get(), address.get(), address.size), "bind");
  ThrowIfFailed(listen(listener.get(), 1), "listen");
  return listener;
}

// As a server leaves it that has just ended while it had a client: its side of the connection lingers in TIME_WAIT.
void LeaveAConnectionBehind(sandbox::Sandbox& sandbox, const Endpoint& endpoint) {
  const os::Fd listener = ListenInside(sandbox, endpoint);
  os::Fd client = sandbox.Socket(AF_INET, SOCK_STREAM);
  const auto address = clients::AddressOf(endpoint);
  ThrowIfFailed(connect(client.get(), address.get(), address.size), "connect");
  os::Fd served(accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  ThrowIfFailed(served ? 0 : -1, "accept");
  served.Close();
  char end;
  ThrowIfFailed(static_cast<int>(recv(client.get(), &end, 1, 0)), "recv");
}

std::string Announcement(const std::string& host, int port) { return fmt::format("listening on {}:{}", host, port); }

bool HasLine(const std::string& out, const std::string& line) {
  return ("\n" + out).find("\n" + line + "\n") != out.npos;
}

RunMatcher RefusesTheCall() {
  return JudgeAnyEnd("it prints one line to stderr and ends with status 2",
                     [](const Observation& run) -> std::optional<Problem> {
                       if (std::holds_alternative<observe::Stopped>(run.outcome))
                         return Problem{"it did not end, but went on", {}, {}};
                       if (auto problem = ProblemOfOutcome(run)) return problem;
                       if (std::get<observe::Exited>(run.outcome).code != 2)
                         return Problem{"it " + observe::Describe(run.outcome), {}, {}};
                       const auto lines = SplitLines(run.err.text());
                       if (lines.size() == 1) return std::nullopt;
                       return Problem{"it printed " + Count(lines.size(), "line", "lines") + " to stderr", {}, {}};
                     });
}

RunMatcher TellsTheFailedCall() {
  return JudgeAnyEnd("it says on stderr which call failed, and why, and ends with status 1",
                     [](const Observation& run) -> std::optional<Problem> {
                       if (std::holds_alternative<observe::Stopped>(run.outcome))
                         return Problem{"it did not end, but went on", {}, {}};
                       if (auto problem = ProblemOfOutcome(run)) return problem;
                       if (std::get<observe::Exited>(run.outcome).code != 1) {
                         return Problem{"it " + observe::Describe(run.outcome), {}, {}};
                       }
                       if (run.err.text().empty()) return Problem{"stderr is empty", {}, {}};
                       return std::nullopt;
                     });
}

}  // namespace

void ServerRules::RefusesWrongArguments(const Protocol& protocol) {
  std::vector<std::string> words = {"127.0.0.1", "8888"};
  std::ranges::copy(protocol.options.more, std::back_inserter(words));
  words.push_back("more");
  for (std::size_t count = 1; count <= words.size(); ++count) {
    if (count == words.size() - 1) continue;  // as many as it takes
    std::vector<std::string> args = protocol.options.flags;
    args.insert(args.end(), words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
    ASSERT_THAT(RunUntilAtRest(protocol.options, args), RefusesTheCall());
  }
}

void ServerRules::RefusesWrongPorts(const Protocol& protocol) {
  for (const std::string& port :
       {random().Name(), std::string("-1"), std::string("65536"), std::string("80x"), std::string()}) {
    std::vector<std::string> args = protocol.options.flags;
    args.push_back("127.0.0.1");
    args.push_back(port);
    std::ranges::copy(protocol.options.more, std::back_inserter(args));
    ASSERT_THAT(RunUntilAtRest(protocol.options, args), RefusesTheCall());
  }
}

void ServerRules::TellsThatAPortIsTaken(const Protocol& protocol) {
  auto options = protocol.options;
  const Endpoint endpoint{"127.0.0.1", static_cast<std::uint16_t>(random().Integer(10'000, 30'000))};
  os::Fd taken;
  const auto prepare = options.run.prepare;
  options.run.prepare = [&](sandbox::Sandbox& sandbox) {
    if (prepare) prepare(sandbox);
    taken = ListenInside(sandbox, endpoint);
  };
  std::vector<std::string> args = options.flags;
  args.push_back(endpoint.host);
  args.push_back(std::to_string(endpoint.port));
  std::ranges::copy(options.more, std::back_inserter(args));
  ASSERT_THAT(RunUntilAtRest(options, args), TellsTheFailedCall());
}

void ServerRules::ListensOnItsDefaults(const Protocol& protocol) {
  auto server = Launch(protocol.options, protocol.options.flags,
                       {"127.0.0.1", static_cast<std::uint16_t>(protocol.default_port)});
  if (!AwaitListening(server) || !ListensOn(server, protocol.default_port)) return;
  if (Greet(server, protocol) == nullptr) return;
  const std::string line = Announcement(protocol.default_host, protocol.default_port);
  Await(server, fmt::format("the line `{}` on stdout", line), [&] { return HasLine(server.Out(), line); });
}

void ServerRules::ListensOnPortZero(const Protocol& protocol) {
  std::vector<std::string> args = protocol.options.flags;
  args.insert(args.end(), {"127.0.0.1", "0"});
  std::ranges::copy(protocol.options.more, std::back_inserter(args));
  auto server = Launch(protocol.options, args, {});
  std::vector<std::uint16_t> ports;
  const auto listens = [&] {
    ports = server.clients().ListeningPorts();
    return !ports.empty();
  };
  if (!Await(server, "with port 0 it listens on a port that the kernel chooses", listens)) return;
  const auto port = ports.front();
  server.clients().Aim({"127.0.0.1", port});
  if (Greet(server, protocol) == nullptr) return;
  const std::string line = Announcement("127.0.0.1", port);
  Await(server, fmt::format("the line `{}` on stdout, with the port that the kernel chose", line),
        [&] { return HasLine(server.Out(), line); });
}

bool ServerRules::ListensOn(Server& server, int port) {
  if (server.port() == port) return true;
  FailServer(server, fmt::format("the server listens on port {}", port),
             {fmt::format("it listens on port {}", server.port()), {}, {}});
  return false;
}

void ServerRules::SaysWhereItListens(const Protocol& protocol) {
  auto options = protocol.options;
  options.port = static_cast<int>(random().Integer(10'000, 30'000));
  auto server = Serve(options);
  if (!server || !ListensOn(server, options.port)) return;
  const std::string line = Announcement(protocol.options.host, server.port());
  Await(server, fmt::format("the line `{}` on stdout, at once: stdout is a pipe here, so it must be flushed", line),
        [&] { return HasLine(server.Out(), line); });
}

void ServerRules::StartsAnewOnTheSamePort(const Protocol& protocol) {
  auto options = protocol.options;
  options.port = static_cast<int>(random().Integer(10'000, 30'000));
  const auto prepare = options.run.prepare;
  options.run.prepare = [&](sandbox::Sandbox& sandbox) {
    if (prepare) prepare(sandbox);
    LeaveAConnectionBehind(sandbox, {"127.0.0.1", static_cast<std::uint16_t>(options.port)});
  };
  auto server = Serve(options);
  if (server && ListensOn(server, options.port)) Greet(server, protocol);
}

void ServerRules::EndsWhenIdle(const Protocol& protocol) {
  auto options = protocol.options;
  options.run.linger = 1s;
  auto alone = Serve(options);
  if (!alone || !Settle(alone)) return;
  ASSERT_NO_FATAL_FAILURE(ExpectGoodEnd(Terminate(alone)));
  if (HasFailure()) return;
  auto server = Serve(options);
  if (!server) return;
  for (int i = 0; i < (protocol.one_by_one ? 1 : 3); ++i) {
    if (Greet(server, protocol) == nullptr) return;
  }
  if (!Settle(server)) return;
  ExpectGoodEnd(Terminate(server));
}

void ServerRules::EndsUnderTraffic(const Protocol& protocol) {
  auto options = protocol.options;
  options.run.linger = 1s;
  auto server = Serve(options);
  if (!server) return;
  std::vector<Client*> talkers;
  for (int i = 0; i < (protocol.one_by_one ? 1 : 8); ++i) {
    talkers.push_back(Greet(server, protocol));
    if (talkers.back() == nullptr) return;
  }
  std::size_t answers = 0;
  const auto talk = [&] {
    for (Client* talker : talkers) {
      if (talker->unread().empty()) continue;
      ++answers;
      talker->TakeAll();
      talker->Say(protocol.more);
    }
  };
  for (Client* talker : talkers) talker->Say(protocol.more);
  const auto in_full_swing = static_cast<std::size_t>(random().Integer(20, 60));
  const bool busy = Await(server, "clients that talk on and on are answered", [&] {
    talk();
    return answers >= in_full_swing;
  });
  if (busy) ExpectGoodEnd(Terminate(server, talk));
}

}  // namespace grader::checks
