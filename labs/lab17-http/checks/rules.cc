// What holds for every server of the course, and what kind of server this one is.
#include <fmt/format.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "grader/checks/python_imports.h"
#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

LAB_CHECK_F(HttpCheck, Server, RefusesWrongArguments, .points = 1,
            .hint = "All three arguments or none; a port is a number up to 65535 and nothing else.",
            .title = "wrong arguments are refused with the usage") {
  ServerRules::RefusesWrongArguments(HttpProtocol());
  if (!HasFailure()) RefusesWrongPorts(HttpProtocol());
}

LAB_CHECK_F(HttpCheck, Server, MissingFolderEndsWith1, .points = 1, .hint = "Look at the folder before you serve.",
            .needs = {"Files.ServesFiles"}, .title = "a missing folder ends it with 1") {
  for (const auto& folder : {"/site/" + random().Name(), std::string("/site/secret.txt")}) {
    RunOptions options{.args = {"127.0.0.1", "0", folder}};
    options.files = {site().view()};
    options.limits = limits();
    options.limits->wall_time = 5s;
    const auto run = Run(std::move(options));
    ASSERT_THAT(run, ExitsWith(1));
  }
}

LAB_CHECK_F(HttpCheck, Server, HasDefaults, .points = 1, .hint = "0.0.0.0, port 8000, ./static.",
            .title = "without arguments it serves ./static on 0.0.0.0, port 8000") {
  auto protocol = HttpProtocol();
  protocol.options.run.files = {{site().view().host / "www", "/work/static"}};
  ListensOnItsDefaults(protocol);
}

LAB_CHECK_F(HttpCheck, Server, TakesPortZero, .points = 1, .hint = "getsockname tells the real port. Flush the line.",
            .needs = {"Data.Greets"}, .title = "it says where it listens; port 0 lets the kernel choose") {
  SaysWhereItListens(HttpProtocol());
  if (!HasFailure()) ListensOnPortZero(HttpProtocol());
}

LAB_CHECK_F(HttpCheck, Server, EndsByTerm, .points = 2,
            .hint = "A signal handler sets a flag; but the wait must wake up for it: a pipe, signalfd, ppoll.",
            .needs = {"Data.Greets"}, .title = "SIGTERM ends it within a second, with 0") {
  EndsWhenIdle(HttpProtocol());
  if (!HasFailure()) EndsUnderTraffic(HttpProtocol());
}

LAB_CHECK_F(HttpCheck, Server, Restarts, .points = 1,
            .hint = "SO_REUSEADDR before bind; and look at what bind returns.", .needs = {"Data.Greets"},
            .title = "a port just left can be taken at once, a taken one is an error") {
  StartsAnewOnTheSamePort(HttpProtocol());
  if (!HasFailure()) TellsThatAPortIsTaken(HttpProtocol());
}

LAB_CHECK_F(HttpCheck, Server, SurvivesClients, .points = 1,
            .hint =
                "recv and send may fail with ECONNRESET or EPIPE, and EPIPE comes with SIGPIPE: MSG_NOSIGNAL. "
                "sendfile has no such flag: ignore the signal.",
            .needs = {"Data.Greets"}, .title = "clients that reset, stall or vanish do no harm") {
  SurvivesClientsThatVanish(HttpProtocol());
  if (!HasFailure()) SurvivesClientsThatStall(HttpProtocol());
  if (HasFailure()) return;
  // First the end of file and then the reset come while a reply waits for its reader: the next send gets EPIPE at once.
  const auto big = site().AddBig(random());
  auto server = ServeSite();
  if (!server) return;
  auto& reader = server.clients().Connect({.receive_buffer = 16 * 1024});
  reader.Stall();
  reader.Say(Get(big));
  if (!Settle(server)) return;
  reader.HalfClose();
  if (!Settle(server)) return;
  reader.Reset();
  if (Settle(server)) Greet(server, HttpProtocol());
}

class LeakCheck : public HttpCheck {
 protected:
  // No kind of file, whatever is refused, and who breaks off in the midst of a file, leaves anything open. The first
  // round is for what a server keeps on purpose.
  void KeepsNothingOfWhatWasAsked() {
    constexpr int kRounds = 12;
    const auto big = site().AddBig(random());
    auto server = ServeSite();
    if (!server) return;
    std::vector<std::string> requests = {
        Get(site().folder()), Get("/" + random().Name()), Get("/outward"), Request("POST", "/hello"),
        Get("/%zz"),          Get("/../secret.txt"),      Head(big)};
    for (const auto& [path, content] : site().files()) {
      if (path != big) requests.push_back(Get(path));
    }
    std::size_t before = 0;
    for (int round = 0; round <= kRounds; ++round) {
      for (const auto& request : requests) {
        auto& client = server.Connect();
        const auto asked = request.starts_with("HEAD") ? Asked::kHead : Asked::kGet;
        if (!AskFor(server, client, request, asked)) return;
        client.Close();
      }
      auto& reader = server.clients().Connect({.receive_buffer = 16 * 1024});
      reader.Stall();
      reader.Say(Get(big));
      if (!Settle(server)) return;
      reader.Reset();
      if (!Settle(server)) return;
      if (round == 0) before = server.run().TakeGlimpse().descriptors();
    }
    const auto now = server.run().TakeGlimpse().descriptors();
    if (now < before + kRounds) return;
    FailServer(server, "no request, served, refused or broken off, leaves a descriptor open",
               {.happened = fmt::format("after {} rounds of them {} are open, {} before", kRounds, now, before)});
  }
};

LAB_CHECK_F(LeakCheck, Server, LosesNoDescriptors, .points = 1, .hint = "Close the socket, and the file that was sent.",
            .needs = {"Files.ServesFiles"}, .title = "descriptors do not grow with clients") {
  auto protocol = HttpProtocol();
  protocol.greeting = [](int client) { return Get(client % 2 == 0 ? "/" : "/index.html?" + std::to_string(client)); };
  KeepsNothingOfThoseWhoLeft(protocol);
  if (!HasFailure()) KeepsNothingOfWhatWasAsked();
}

// select and its kin, by which one thread waits for many.
bool IsMultiplexing(long call) {
  static constexpr std::array<long, 7> kCalls = {SYS_select,     SYS_pselect6,    SYS_poll,        SYS_ppoll,
                                                 SYS_epoll_wait, SYS_epoll_pwait, SYS_epoll_pwait2};
  return std::ranges::find(kCalls, call) != kCalls.end();
}

LAB_CHECK_F(HttpCheck, Server, IsOneProcess, .points = 2,
            .hint = "One loop round select, poll or epoll, and an object for each client.", .needs = {"Data.Greets"},
            .title = "one process, multiplexing, no thread for each client") {
  constexpr int kClients = 60;
  auto server = ServeSite();
  if (!server || !Settle(server)) return;
  const auto before = server.run().TakeGlimpse();
  for (auto* client : server.ConnectMany(kClients)) client->Say("GET / HTTP/1.1\r\nHost: half");
  if (!Settle(server)) return;
  const auto now = server.run().TakeGlimpse();
  if (now.living() > 1) {
    return FailServer(server, "one process serves all",
                      {.happened = "there are " + Count(now.living(), "process", "processes")});
  }
  if (now.threads() >= before.threads() + kClients / 2) {
    return FailServer(server, "clients get no threads of their own",
                      {.happened = Count(now.threads(), "thread", "threads") + " serve 60 clients"});
  }
  const auto multiplexes = [](const auto& process) {
    return std::ranges::any_of(process.threads, [](const auto& thread) { return IsMultiplexing(thread.call); });
  };
  if (!std::ranges::any_of(now.processes, multiplexes)) {
    FailServer(server, "it waits for all clients at once, in select, poll or epoll",
               {.happened = "with 60 clients connected it sleeps in none of these"});
  }
}

LAB_CHECK_F(HttpCheck, Server, IsYourOwn, .points = 1,
            .hint = "Write the server yourself, on socket, select, selectors or asyncio.", .needs = {"Data.Greets"},
            .title = "no library's HTTP server is used") {
  if (!Program().python) return;
  auto options = SiteOptions();
  options.run.environment = {kTellImports};
  auto server = Serve(options);
  if (!server || !AskFor(server, server.Connect(), Get("/"))) return;
  const auto library = ImportedOf(Finish(server).err.text(), {"http.server", "wsgiref.simple_server", "xmlrpc.server",
                                                              "aiohttp", "tornado", "twisted", "flask", "werkzeug",
                                                              "bottle", "cherrypy", "uvicorn", "gunicorn", "waitress"});
  if (library) Fail("the HTTP server is your own", {.happened = "it imports " + *library});
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab17
