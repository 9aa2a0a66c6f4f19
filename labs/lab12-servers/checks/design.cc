// What makes each of them what it is: who serves whom, seen from outside.
#include <fmt/format.h>

#include <utility>

#include "servers.h"

namespace grader::checks::lab12 {
namespace {

// Processes and threads of a server that is at rest.
struct Staff {
  std::size_t processes = 0;
  std::size_t threads = 0;
  friend bool operator==(const Staff&, const Staff&) = default;
};

Staff StaffOf(Server& server) {
  const auto glimpse = server.run().TakeGlimpse();
  return {glimpse.living(), glimpse.threads()};
}

std::string InWords(const Staff& staff) {
  return Count(staff.processes, "process", "processes") + " with " + Count(staff.threads, "thread", "threads") +
         " in all";
}

constexpr int kGuests = 12;

// A fixture's own server, with a judgement on its staff.
template <typename Base>
class DesignCheck : public Base {
 protected:
  // Whether a server at rest has the staff it had without clients, and so much more.
  bool AwaitStaff(Server& server, const std::string& when, const Staff& expected) {
    if (!this->Settle(server)) return false;
    const Staff found = StaffOf(server);
    if (found == expected) return true;
    this->FailServer(server, fmt::format("{} there are {}", when, InWords(expected)),
                     {fmt::format("there are {}", InWords(found)), {}, {}});
    return false;
  }

  // With each client comes `per_client`, and goes with it, however it leaves.
  void HasStaffPerClient(const Staff& per_client) {
    const auto protocol = this->protocol();
    auto server = this->Serve(protocol.options);
    if (!server || !this->Settle(server)) return;
    const Staff alone = StaffOf(server);
    const auto with = [&](std::size_t clients) {
      return Staff{alone.processes + clients * per_client.processes, alone.threads + clients * per_client.threads};
    };
    std::vector<Client*> guests;
    for (int i = 0; i < kGuests; ++i) {
      guests.push_back(this->Greet(server, protocol));
      if (guests.back() == nullptr) return;
    }
    if (!AwaitStaff(server, fmt::format("while {} clients are connected", kGuests), with(kGuests))) return;
    for (int i = 0; i < kGuests / 2; ++i)
      i % 2 == 0 ? guests[static_cast<std::size_t>(i)]->Close() : guests[static_cast<std::size_t>(i)]->Reset();
    if (!AwaitStaff(server, "when half of them have left", with(kGuests / 2))) return;
    for (Client* guest : guests) guest->Close();
    AwaitStaff(server, "when all have left", with(0));
  }
};

using IterativeDesign = DesignCheck<IterativeServer>;
using ForkDesign = DesignCheck<ForkServer>;
using ThreadDesign = DesignCheck<ThreadServer>;

LAB_CHECK_F(IterativeDesign, Iterative, ServesThemOneByOne, .points = 4,
            .hint = "Accept the next client when the one before has left.", .needs = {"Iterative.AnswersEachMessage"},
            .title = "the iterative server serves its clients one by one") {
  auto server = Serve(protocol().options);
  if (!server || !Settle(server)) return;
  const Staff alone = StaffOf(server);
  Client& first = server.Connect();
  if (!AwaitConnected(server, first) || !Exchange(server, first, random().Name())) return;
  Client& second = server.Connect();
  if (!AwaitConnected(server, second)) return;
  second.Say(random().Name());
  for (int i = 0; i < 3; ++i) {
    if (!AwaitStaff(server, "while one client is served and another waits", alone)) return;
    if (!second.heard().empty()) {
      return FailServer(server, "the second client is not served before the first has left",
                        {"it was answered while the first was still there", {}, {}}, {&first, &second});
    }
    if (!Exchange(server, first, random().Name())) return;
  }
  first.Close();
  if (AwaitHeard(server, second, "OK")) AwaitStaff(server, "when the second client is served", alone);
}

LAB_CHECK_F(ForkDesign, Fork, HasOneProcessPerClient, .points = 4,
            .hint =
                "Fork for each client that was accepted. The child ends when its client has left; the parent closes "
                "its copy of the socket.",
            .needs = {"Fork.AnswersEachMessage"}, .title = "the fork server has one process per client, gone with it") {
  HasStaffPerClient({1, 1});
}

LAB_CHECK_F(ForkDesign, Fork, LeavesNoZombies, .points = 3, .hint = "One SIGCHLD can stand for many children.",
            .needs = {"Fork.AnswersEachMessage"}, .title = "the fork server leaves no zombies while it serves") {
  ServerRules::LeavesNoZombies(protocol());
}

LAB_CHECK_F(ThreadDesign, Thread, HasOneThreadPerClient, .points = 4,
            .hint = "Start a thread for each client that was accepted; it ends when its client has left.",
            .needs = {"Thread.AnswersEachMessage"},
            .title = "the thread server has one thread per client, gone with it") {
  HasStaffPerClient({0, 1});
}

LAB_CHECK_F(ThreadServer, Thread, HasNoDataRaces, .points = 3,
            .hint =
                "What several threads use, and one of them changes, belongs under one mutex, at each place where it is "
                "used; or make it std::atomic.",
            .needs = {"Thread.AnswersEachMessage"},
            .title = "the threads of the thread server share nothing without a lock") {
  HasNoDataRaces(protocol());
}

}  // namespace
}  // namespace grader::checks::lab12
