// Connections: keep-alive, pipelining, requests in pieces, the end.
#include <fmt/format.h>

#include <algorithm>

#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

// A request with what its reply must be.
struct Step {
  std::string request;
  Asked asked = Asked::kGet;
  std::string body;
};

class ConnectionCheck : public HttpCheck {
 protected:
  // A mix in a fresh order.
  std::vector<Step> Steps(int count) {
    std::vector<Step> kinds;
    for (const auto& [path, content] : site().files()) {
      kinds.push_back({.request = Get(path), .body = content});
      kinds.push_back({.request = Head(path), .asked = Asked::kHead, .body = ""});
    }
    std::vector<Step> steps;
    for (int i = 0; i < count; ++i) {
      const auto name = random().Name();
      const bool data = random().Integer(0, 2) == 0;
      steps.push_back(data ? Step{.request = Get("/hello?name=" + name), .body = "Hello, " + name + "!"}
                           : random().Pick(kinds));
    }
    return steps;
  }

  // Takes the reply. False: the check has failed.
  bool Answers(Server& server, Client& client, const Step& step, int number) {
    auto reply = Hear(server, client, step.asked);
    if (!reply) return false;
    if (reply->body == step.body + "\n") reply->body.pop_back();  // allowed where data is lines
    if (reply->status == 200 && reply->body == step.body) return true;
    FailServer(server, "the replies of a connection come in the order of its requests",
               {.happened = fmt::format("reply {} had the status {} and {} of body, where 200 with {} was due", number,
                                        reply->status, Count(reply->body.size(), "byte", "bytes"),
                                        Count(step.body.size(), "byte", "bytes")),
                .facts = {"the request: " + Shown(step.request)}});
    return false;
  }
};

LAB_CHECK_F(ConnectionCheck, Connections, KeepsAlive, .points = 3,
            .hint = "After a reply the connection stays open, and the next request may come.",
            .needs = {"Files.ServesFiles"}, .title = "a connection serves one request after the other") {
  auto server = ServeSite();
  if (!server) return;
  auto& client = server.Connect();
  int number = 0;
  for (const auto& step : Steps(30)) {
    client.Say(step.request);
    if (!Answers(server, client, step, ++number)) return;
  }
}

LAB_CHECK_F(ConnectionCheck, Connections, AnswersPipelinedRequests, .points = 4,
            .hint =
                "One recv may bring several requests and a part of the next one: take whole ones off the front of the "
                "buffer until none is left, and keep the rest.",
            .needs = {"Files.ServesFiles"}, .title = "many requests sent at once are answered in their order") {
  auto server = ServeSite();
  if (!server) return;
  for (const int count : {2, 20, 300}) {
    auto& client = server.Connect();
    const auto steps = Steps(count);
    std::string all;
    for (const auto& step : steps) all += step.request;
    client.Say(all);
    for (int number = 1; const auto& step : steps) {
      if (!Answers(server, client, step, number++)) return;
    }
    client.Close();
  }
}

LAB_CHECK_F(ConnectionCheck, Connections, TakesRequestsInPieces, .points = 3,
            .hint = "What recv returns is no request. Append it to the client's buffer, then look for the empty line.",
            .needs = {"Files.ServesFiles"}, .title = "requests may arrive in pieces, byte by byte") {
  auto server = ServeSite();
  if (!server) return;
  auto& slow = server.Connect();
  const auto hello = Step{.request = Get("/hello?name=slow"), .body = "Hello, slow!"};
  for (const char byte : hello.request) {
    slow.Say({&byte, 1});
    if (!Settle(server)) return;
  }
  if (!Answers(server, slow, hello, 1)) return;
  // A stream of requests that is cut anywhere.
  auto& cut = server.Connect();
  const auto steps = Steps(12);
  std::string all;
  for (const auto& step : steps) all += step.request;
  for (std::size_t at = 0; at < all.size();) {
    const auto size = std::min(all.size() - at, static_cast<std::size_t>(random().Integer(1, 90)));
    cut.Say(std::string_view(all).substr(at, size));
    at += size;
    if (!Settle(server)) return;
  }
  for (int number = 1; const auto& step : steps) {
    if (!Answers(server, cut, step, number++)) return;
  }
}

LAB_CHECK_F(ConnectionCheck, Connections, ClosesWhenAsked, .points = 1,
            .hint = "Connection: close asks for the end of the connection after the reply; HTTP/1.0 needs no Host.",
            .needs = {"Files.ServesFiles"}, .title = "Connection: close gets the reply, and then the end") {
  auto server = ServeSite();
  if (!server) return;
  for (const auto& [path, content] : site().files()) {
    auto& client = server.Connect();
    client.Say(Get(path, "Connection: close\r\n"));
    if (!Answers(server, client, {.request = Get(path), .body = content}, 1)) return;
    if (!AwaitEnd(server, client)) return;
    client.Close();
  }
  auto& old = server.Connect();
  Expect(server, old, {"GET / HTTP/1.0\r\n\r\n", {200}, "a request of HTTP/1.0"});
}

}  // namespace
}  // namespace grader::checks::lab17
