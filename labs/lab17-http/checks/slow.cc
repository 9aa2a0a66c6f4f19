// Clients that are slow, many, or idle.
#include <sys/syscall.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

class SlowCheck : public HttpCheck {
 protected:
  // Somebody new is served, with a file and with data, although others are slow. False: the check has failed.
  bool ServesSomebodyElse(Server& server) {
    auto& client = server.Connect();
    if (!ExpectFile(server, client, "/index.html")) return false;
    std::optional<Reply> reply;
    if (!Expect(server, client, {Get("/hello?name=fast"), {200}, "/hello"}, &reply)) return false;
    client.Close();
    return true;
  }
};

LAB_CHECK_F(SlowCheck, Connections, SlowReadersDelayNobody, .points = 4,
            .hint =
                "send on a non-blocking socket takes what fits. Keep the rest with the client, and go on when the "
                "socket is writable.",
            .needs = {"Files.ServesFiles"}, .title = "clients that do not read delay nobody, and lose nothing") {
  constexpr int kReaders = 5;
  const auto big = site().AddBig(random());
  auto server = ServeSite();
  if (!server) return;
  std::vector<Client*> slow;
  for (int i = 0; i < kReaders; ++i) {
    auto& client = server.clients().Connect({.receive_buffer = 16 * 1024});
    client.Stall();
    client.Say(Get(big));
    slow.push_back(&client);
  }
  if (!Settle(server) || !ServesSomebodyElse(server)) return;
  auto& other = server.Connect();
  if (!ExpectFile(server, other, big)) return;
  slow.back()->Reset();
  slow.pop_back();
  if (!Settle(server) || !ServesSomebodyElse(server)) return;
  for (auto* client : slow) {
    client->Resume();
    const auto reply = Hear(server, *client);
    if (!reply || !CompareBody(server, *reply, "the file, read late,", site().files().at(big))) return;
  }
}

LAB_CHECK_F(SlowCheck, Connections, SlowSendersDelayNobody, .points = 3,
            .hint = "Never wait in recv for the rest of a request: go back to select, poll or epoll.",
            .needs = {"Files.ServesFiles"}, .title = "clients that send slowly delay nobody") {
  auto server = ServeSite();
  if (!server) return;
  const std::vector<std::string> beginnings = {"",
                                               "G",
                                               "GET / HTT",
                                               "GET / HTTP/1.1\r",
                                               "GET / HTTP/1.1\r\nHost: ",
                                               "GET / HTTP/1.1\r\nHost: a\r\n",
                                               "GET / HTTP/1.1\r\nHost: a\r\n\r",
                                               "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nhalf"};
  std::vector<Client*> slow;
  for (int i = 0; i < 40; ++i) {
    slow.push_back(&server.Connect());
    slow.back()->Say(beginnings[static_cast<std::size_t>(i) % beginnings.size()]);
    if (i < static_cast<int>(beginnings.size()) && (!Settle(server) || !ServesSomebodyElse(server))) return;
  }
  if (!Settle(server) || !ServesSomebodyElse(server)) return;
  // One of them goes on at last.
  auto& late = *slow[2];
  late.Say("P/1.1\r\nHost: a\r\n\r\n");
  Hear(server, late);
}

LAB_CHECK_F(SlowCheck, Connections, Serves200AtOnce, .points = 2, .hint = "No fixed number of clients below 200.",
            .needs = {"Data.Greets"}, .title = "200 clients at once") {
  ServesManyAtOnce(HttpProtocol(), 200);
}

LAB_CHECK_F(SlowCheck, Connections, IdleOnesCostNothing, .points = 3,
            .hint = "Watch a client for being writable only while you have something to send to it.",
            .needs = {"Data.Greets"}, .title = "idle clients cost no processor time") {
  CostsNothingWhileIdle(HttpProtocol());
}

// How long the server sleeps at most in the call in which it was when the run was stopped; nothing if the call's
// arguments do not tell.
std::optional<std::chrono::milliseconds> SleepsFor(const Observation& run) {
  const auto last = std::ranges::find_if(run.calls.rbegin(), run.calls.rend(),
                                         [](const observe::Call& call) { return call.blocked && !call.returned; });
  if (last == run.calls.rend()) return std::nullopt;
  switch (last->number) {
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return std::chrono::milliseconds(static_cast<std::int32_t>(last->arguments[3]));
    case SYS_poll:
      return std::chrono::milliseconds(static_cast<std::int32_t>(last->arguments[2]));
    default:
      return std::nullopt;
  }
}

class IdleCheck : public SlowCheck {
 protected:
  // Idle in two ways: nothing was said yet, and a reply has come.
  std::vector<Client*> ConnectIdle(Server& server) {
    std::vector<Client*> idle = {&server.Connect(), &server.Connect()};
    if (!AskFor(server, *idle.back(), Get("/")) || !Settle(server)) return {};
    return idle;
  }

  void FailIfClosed(Server& server, const std::vector<Client*>& idle, std::chrono::milliseconds waited) {
    const auto closed = [&] { return std::ranges::any_of(idle, [](const Client* client) { return client->ended(); }); };
    if (server.clients().WaitUntil(closed, waited) != clients::Waited::kMet) return;
    FailServer(server, "an idle connection is not closed before 30 s have passed", {.happened = "one was closed"},
               {idle.begin(), idle.end()});
  }
};

// Thirty seconds are not waited for where the server itself tells that nothing will happen in them: it sleeps without a
// time-out, or with one that is as long. Who wakes earlier is waited for until he has woken, or for a good while.
LAB_CHECK_F(IdleCheck, Connections, IdleOnesStay, .points = 2,
            .hint = "A browser keeps connections for its next click. Give it at least 30 s.",
            .needs = {"Files.ServesFiles"}, .title = "an idle connection is not closed before 30 s") {
  constexpr auto kPromised = 30s;
  constexpr auto kNearly = 29s;
  constexpr auto kPatience = 12s;
  auto options = SiteOptions();
  options.run.level = TraceLevel::kBlocking;
  auto watched = Serve(options);
  if (!watched) return;
  const auto idle = ConnectIdle(watched);
  if (idle.empty()) return;
  if (std::ranges::any_of(idle, [](const Client* client) { return client->ended(); })) {
    return FailIfClosed(watched, idle, 0ms);
  }
  if (watched.clients().settled_for_good()) return;
  const auto sleep = SleepsFor(Finish(watched));
  if (sleep && (*sleep < 0ms || *sleep >= kNearly)) return;
  auto server = ServeSite();
  if (!server) return;
  const auto again = ConnectIdle(server);
  if (again.empty()) return;
  const auto longest = sleep ? std::max<std::chrono::milliseconds>(*sleep + 1s, kPatience) : kPatience;
  FailIfClosed(server, again, std::min<std::chrono::milliseconds>(longest, kPromised));
}

}  // namespace
}  // namespace grader::checks::lab17
