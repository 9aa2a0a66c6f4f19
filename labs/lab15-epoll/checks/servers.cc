// The two servers, and epoll_server once more with --et.
#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "grader/checks/server_vocabulary.h"
#include "grader/checks/single_thread_server.h"

namespace grader::checks::lab15 {
namespace {

constexpr int kPort = 5454;

class PollServer : public SingleThreadServer {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "poll_server"}, kPort); }
};

class EpollServer : public SingleThreadServer {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "epoll_server"}, kPort); }
};

class EdgeServer : public SingleThreadServer {
 protected:
  Protocol protocol() override { return OkProtocol({.program = "epoll_server", .flags = {"--et"}}, kPort); }
};

const WaitingCalls& Poll() {
  static const WaitingCalls calls{{SYS_poll, SYS_ppoll}, "poll or ppoll"};
  return calls;
}

const WaitingCalls& Epoll() {
  static const WaitingCalls calls{{SYS_epoll_wait, SYS_epoll_pwait}, "epoll_wait or epoll_pwait"};
  return calls;
}

OK_SERVER_CHECKS_AT_ONCE(PollServer, Poll, 1000)
OK_SERVER_CHECKS_AT_ONCE(EpollServer, Epoll, 1000)
OK_SERVER_CHECKS_AT_ONCE(EdgeServer, Edge, 1000)

#define SINGLE_THREAD_CHECKS(fixture, suite, calls)                                                                \
  LAB_CHECK_F(fixture, suite, WaitsForAllInOneCall, .points = 3,                                                   \
              .hint = "One process, one thread: one call waits for the listening socket and all clients.",         \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " waits for all in one call of its kind") { \
    WaitsForAllInOneCall(calls);                                                                                   \
  }                                                                                                                \
  LAB_CHECK_F(fixture, suite, SleepsWithoutTimeout, .points = 2,                                                   \
              .hint = "Wait without a time-out, and for POLLOUT only while there is something to send.",           \
              .needs = {#suite ".AnswersEachMessage"}, .title = #suite " wakes up only if something happens") {    \
    SleepsWithoutTimeout();                                                                                        \
  }                                                                                                                \
  LAB_CHECK_F(fixture, suite, IdlesWithoutDescriptors, .points = 2,                                                \
              .hint = "accept fails with EMFILE, and the listening socket stays readable.",                        \
              .needs = {#suite ".SleepsWithoutTimeout"}, .title = #suite " idles when it is out of descriptors") { \
    IdlesWithoutDescriptors();                                                                                     \
  }

SINGLE_THREAD_CHECKS(PollServer, Poll, lab15::Poll())
SINGLE_THREAD_CHECKS(EpollServer, Epoll, lab15::Epoll())
SINGLE_THREAD_CHECKS(EdgeServer, Edge, lab15::Epoll())

// The descriptors of an epoll set and what each is watched for: "tfd: 5 events: 80000019 …" (proc_pid_fdinfo(5)).
std::vector<std::pair<int, std::uint32_t>> MembersOf(const std::string& info) {
  std::vector<std::pair<int, std::uint32_t>> members;
  for (std::size_t at = info.find("tfd:"); at != info.npos; at = info.find("tfd:", at + 1)) {
    int descriptor = -1;
    unsigned events = 0;
    if (std::sscanf(info.c_str() + at, "tfd: %d events: %x", &descriptor, &events) == 2) {
      members.emplace_back(descriptor, events);
    }
  }
  return members;
}

// How many members of the server's epoll sets are watched for edges.
int EdgesOf(Server& server) {
  int edges = 0;
  for (const auto& process : server.run().TakeGlimpse().processes) {
    for (const auto& open : process.descriptors) {
      if (open.target != "anon_inode:[eventpoll]") continue;
      const auto members = MembersOf(server.run().DescriptorInfo(process.pid, open.number));
      edges += static_cast<int>(
          std::ranges::count_if(members, [](const auto& member) { return (member.second & EPOLLET) != 0; }));
    }
  }
  return edges;
}

LAB_CHECK_F(EdgeServer, Edge, IsEdgeTriggered, .points = 3,
            .hint = "epoll_ctl with EPOLLET in the events of each client.", .needs = {"Edge.AnswersEachMessage"},
            .title = "with --et every client is watched for edges") {
  constexpr int kClients = 4;
  const auto how = protocol();
  auto server = Serve(how.options);
  if (!server) return;
  for (int i = 0; i < kClients; ++i) {
    if (Greet(server, how) == nullptr) return;
  }
  if (!Settle(server)) return;
  const int edges = EdgesOf(server);
  if (edges >= kClients) return;
  FailServer(server, fmt::format("with --et each of {} clients is in the epoll set with EPOLLET", kClients),
             {fmt::format("{} of its members {} EPOLLET", edges == 0 ? "none" : std::to_string(edges),
                          edges == 1 || edges == 0 ? "has" : "have"),
              {},
              {}});
}

LAB_CHECK_F(EdgeServer, Edge, DrainsWhatCameAtOnce, .points = 2,
            .hint =
                "An edge tells of all that has come, once: accept until EAGAIN, and come back to a client until recv "
                "has said EAGAIN.",
            .needs = {"Edge.PrintsEveryByteOfABurst"},
            .title = "with --et what came while the server was busy is taken to its end") {
  SingleThreadServer::DrainsWhatCameAtOnce();
}

LAB_CHECK_F(
    EdgeServer, Edge, StarvesNobody, .points = 2,
    .hint =
        "Reading one client until EAGAIN may never end. Give each a turn of so many messages, and come back to who "
        "was not finished.",
    .needs = {"Edge.PrintsEveryByteOfABurst"}, .title = "with --et a client that never stops starves nobody") {
  SingleThreadServer::StarvesNobody();
}

LAB_QUIZ();

}  // namespace
}  // namespace grader::checks::lab15
