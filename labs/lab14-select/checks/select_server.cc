// select_server.
#include <fmt/format.h>
#include <sys/syscall.h>

#include <optional>

#include "grader/checks/server_vocabulary.h"
#include "grader/checks/single_thread_server.h"

namespace grader::checks::lab14 {
namespace {

class SelectServer : public SingleThreadServer {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "select_server"}, 5454); }
};

OK_SERVER_CHECKS_AT_ONCE(SelectServer, Select, 200)

LAB_CHECK_F(SelectServer, Select, WaitsForAllInOneCall, .points = 4,
            .hint = "One process, one thread: one select waits for the listening socket and all clients.",
            .needs = {"Select.AnswersEachMessage"}, .title = "the select server waits for all in one select") {
  SingleThreadServer::WaitsForAllInOneCall({{SYS_select, SYS_pselect6}, "select or pselect"});
}

LAB_CHECK_F(SelectServer, Select, IdlesWithoutDescriptors, .points = 3,
            .hint = "accept fails with EMFILE, and the listening socket stays readable.",
            .needs = {"Select.SleepsWhileNothingHappens"},
            .title = "the select server idles when it is out of descriptors") {
  SingleThreadServer::IdlesWithoutDescriptors();
}

// One that is open and not below the limit.
std::optional<int> DescriptorBeyond(const observe::Glimpse& glimpse, int limit) {
  for (const auto& process : glimpse.processes) {
    for (const auto& open : process.descriptors) {
      if (open.number >= limit) return open.number;
    }
  }
  return std::nullopt;
}

LAB_CHECK_F(SelectServer, Select, ClosesDescriptorsThatNoSetHolds, .points = 3,
            .hint = "An fd_set holds descriptors below FD_SETSIZE, 1,024; FD_SET of another one writes beyond its end.",
            .needs = {"Select.ServesACrowd"}, .title = "the select server closes descriptors over 1,023 at once") {
  constexpr int kSetSize = 1024;
  constexpr int kClients = kSetSize + 20;
  auto how = protocol();
  how.options.run.limits = limits();
  how.options.run.limits->open_files = kSetSize + 100;
  auto server = Serve(how.options);
  if (!server) return;
  const auto crowd = server.ConnectMany(kClients);
  const Client& last = *crowd.back();
  if (crowd.size() < static_cast<std::size_t>(kClients)) {
    return FailServer(server, fmt::format("{} clients can connect", kClients), {"the last one could not", {}, {}},
                      {&last});
  }
  if (!Await(server, "a client whose descriptor would be over 1,023 is closed at once", [&] { return last.ended(); },
             {&last})) {
    return;
  }
  if (!Settle(server)) return;
  const auto beyond = DescriptorBeyond(server.run().TakeGlimpse(), kSetSize);
  if (beyond) {
    return FailServer(server, "a client whose descriptor would be over 1,023 is closed at once",
                      {fmt::format("descriptor {} is open", *beyond), {}, {}}, {&last});
  }
  Client& first = *crowd.front();
  if (first.ended()) {
    return FailServer(server, "clients whose descriptors fit keep their connections", {"the first one lost it", {}, {}},
                      {&first});
  }
  Exchange(server, first, random().Name());
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab14
