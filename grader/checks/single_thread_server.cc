#include "grader/checks/single_thread_server.h"

#include <fmt/format.h>

#include <algorithm>

#include "grader/checks/printing.h"
#include "grader/checks/server_spin.h"

namespace grader::checks {
namespace {

using observe::Glimpse;

std::optional<Problem> ProblemOf(const Glimpse& glimpse, const WaitingCalls& calls) {
  if (glimpse.living() != 1 || glimpse.threads() != 1) {
    return Problem{fmt::format("there were {} and {}", Count(glimpse.living(), "process", "processes"),
                               Count(glimpse.threads(), "thread", "threads")),
                   {},
                   {}};
  }
  for (const auto& process : glimpse.processes) {
    for (const auto& thread : process.threads) {
      if (std::ranges::count(calls.numbers, thread.call) > 0) continue;
      return Problem{"it slept in another system call", {}, {}};
    }
  }
  return std::nullopt;
}

}  // namespace

void SingleThreadServer::WaitsForAllInOneCall(const WaitingCalls& calls) {
  const auto how = protocol();
  const std::string expected =
      "one process with one thread, which sleeps in " + calls.names + " when there is nothing to do";
  auto server = Serve(how.options);
  for (int clients = 0; server && clients < 4; ++clients) {
    if (!Settle(server)) return;
    if (auto problem = ProblemOf(server.run().TakeGlimpse(), calls)) {
      return FailServer(server, expected, std::move(*problem));
    }
    if (Greet(server, how) == nullptr) return;
  }
}

void SingleThreadServer::SleepsWithoutTimeout() {
  const auto how = protocol();
  auto server = Serve(how.options);
  for (int clients = 0; server && clients < 6; ++clients) {
    using namespace std::chrono_literals;
    const std::string expected = "a server that has nothing to do sleeps until something happens";
    const Waited waited = server.clients().Settle(1500ms);
    if (waited == Waited::kPatience) {
      return FailServer(
          server, expected,
          {"it kept computing although nothing happened",
           {},
           {},
           "A client can be sent to nearly always: ask for POLLOUT only while there is something to send."});
    }
    if (!Settle(server)) return;
    if (!server.clients().settled_for_good()) {
      return FailServer(
          server, expected,
          {"it sleeps with a time-out, and so wakes up again and again, only to look",
           {},
           {},
           "With the time-out -1 (in Python: None, or none at all) the call waits until something happens."});
    }
    if (Greet(server, how) == nullptr) return;
  }
}

void SingleThreadServer::IdlesWithoutDescriptors() {
  using namespace std::chrono_literals;
  constexpr int kDescriptors = 40;
  constexpr int kMostClients = 60;
  auto how = protocol();
  how.options.run.limits = limits();
  how.options.run.limits->open_files = kDescriptors;
  auto server = Serve(how.options);
  if (!server) return;
  Client* const first = Greet(server, how);
  if (first == nullptr) return;
  // One after the other, until one is left waiting: then there is no descriptor left. Who closes some at once goes on.
  std::vector<Client*> crowd;
  bool waits = false;
  while (!waits && crowd.size() < kMostClients) {
    crowd.push_back(&server.Connect());
    const Waited accepted = server.clients().WaitUntil([&] { return server.clients().WaitingToBeAccepted() == 0; }, 1s);
    if (accepted == Waited::kEnded) {
      return FailServer(server, "the server goes on when it is out of descriptors", {"it has ended", {}, {}});
    }
    waits = accepted != Waited::kMet;
  }
  const std::string expected =
      fmt::format("with {} descriptors and {} clients the server sleeps", kDescriptors, crowd.size() + 1);
  const auto before = server.run().TakeGlimpse();
  server.clients().WaitUntil([] { return false; }, 500ms);
  const auto after = server.run().TakeGlimpse();
  if (!before.processes.empty() && !after.processes.empty()) {
    constexpr std::uint64_t kMostWakeUps = 20;
    const auto& then = before.processes.front();
    const auto& now = after.processes.front();
    if (now.cpu_time - then.cpu_time > 100ms || now.slices - std::min(then.slices, now.slices) > kMostWakeUps) {
      return FailServer(
          server, expected,
          {"it kept the processor busy: accept failed again and again",
           {},
           {},
           "The connection that cannot be accepted stays in the queue, and the listening socket stays readable. Do "
           "not ask for it until a client has left."});
    }
  }
  if (!Exchange(server, *first, random().Name())) return;
  for (Client* client : crowd) client->Close();
  const auto settle = [&](std::chrono::milliseconds most) { return server.clients().Settle(most); };
  if (WaitUnlessItSpins(server, Clients::kPatience, settle) == Waited::kEnded) {
    return FailServer(server, "the server goes on when clients leave", {"it has ended", {}, {}});
  }
  Greet(server, how);
}

}  // namespace grader::checks
