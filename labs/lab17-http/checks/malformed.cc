// Thousands of malformed requests: nothing that a client sends may end the server.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>

#include "grammar.h"
#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

using Requests = std::vector<std::string>;

class MalformedCheck : public HttpCheck {
 protected:
  // So many connect before the server has accepted the first of them: as many as the shortest backlog may hold.
  static constexpr std::size_t kAtOnce = 4;

  static void Send(Server& server, std::span<const std::string> requests) {
    auto& clients = server.clients();
    std::vector<Client*> senders;
    for (const auto& request : requests) {
      senders.push_back(&clients.BeginToConnect(clients.server()));
      senders.back()->Say(request);
      senders.back()->HalfClose();
    }
    clients.WaitUntil([&] {
      const auto is_connecting = [](const Client* client) { return client->connecting(); };
      return std::ranges::none_of(senders, is_connecting) && clients.WaitingToBeAccepted() == 0;
    });
  }

  // Sends each on a connection of its own, all of which are open together; whether the server lives on and serves
  // somebody else then.
  bool Survives(Server& server, const Requests& requests) {
    for (std::size_t from = 0; from < requests.size(); from += kAtOnce) {
      Send(server, std::span(requests).subspan(from, std::min(kAtOnce, requests.size() - from)));
    }
    // Coming to rest is no criterion: who takes long on a busy machine, or goes on with something, may.
    if (server.clients().Settle() == clients::Waited::kEnded) return false;
    server.clients().CloseAll();
    auto& next = server.Connect();
    next.Say(Get("/index.html"));
    const auto served = [&] {
      return ReadReply(next.unread(), Asked::kGet, next.ended()).state == ReplyRead::State::kWhole;
    };
    const bool survives = server.clients().WaitUntil(served) == clients::Waited::kMet;
    next.Close();
    return survives;
  }

  // Whether a fresh server does not survive this.
  bool Kills(const std::string& request) {
    auto server = ServeSite();
    return server && !Survives(server, {request});
  }

  // The one that does it alone; all of them in a row, if none does.
  std::string Killer(const Requests& requests) {
    const auto found = std::ranges::find_if(requests, [&](const auto& request) { return Kills(request); });
    return found == requests.end() ? "" : Shortened(*found);
  }

  // Leaves out what is not needed to kill, piece by piece, in a bounded number of attempts.
  std::string Shortened(std::string request) {
    int attempts = 40;
    for (std::size_t piece = request.size() / 2; piece > 0 && attempts > 0; piece /= 2) {
      for (std::size_t at = 0; at < request.size() && attempts > 0; --attempts) {
        auto shorter = request;
        shorter.erase(at, piece);
        if (Kills(shorter)) {
          request = std::move(shorter);
        } else {
          at += piece;
        }
      }
    }
    return request;
  }

  void FailOf(const Requests& batch) {
    const auto killer = Killer(batch);
    auto server = ServeSite();
    if (!server) return;
    Survives(server, killer.empty() ? batch : Requests{killer});
    Problem problem{.happened = "it did not survive a malformed request"};
    if (killer.empty()) problem.facts = {fmt::format("it was one of {} connections at once", batch.size())};
    if (!killer.empty()) {
      const std::string command = CommandToSend(killer);
      constexpr std::size_t kLongest = 600;
      problem.facts = {fmt::format("{} bytes do it", killer.size())};
      if (command.size() <= kLongest) problem.facts = {"these bytes do it:", "  " + command};
      KeepSent(killer, "nc -N 127.0.0.1 8000 <");
    }
    FailServer(server, "whatever a client sends, the server goes on", std::move(problem));
  }
};

LAB_CHECK_F(
    MalformedCheck, Safety, SurvivesMalformedRequests, .points = 3,
    .hint =
        "What comes from the network may be anything: missing words, no colon, a number too large, bytes above 127. "
        "Refuse what you do not understand, and let an exception end one connection only.",
    .needs = {"Files.ServesFiles"}, .title = "thousands of malformed requests are survived") {
  constexpr int kBatches = 20;
  constexpr std::size_t kTogether = 100;
  auto server = ServeSite();
  if (!server) return;
  for (int batch = 0; batch < kBatches; ++batch) {
    Requests requests;
    std::generate_n(std::back_inserter(requests), kTogether, [&] { return DrawMalformed(random()); });
    if (!Survives(server, requests)) return FailOf(requests);
  }
}

}  // namespace
}  // namespace grader::checks::lab17
