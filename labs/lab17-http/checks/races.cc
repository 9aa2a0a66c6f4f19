// Data races between the threads of a server, if it has any.
#include "http_check.h"

namespace grader::checks::lab17 {
namespace {

// What waits in vain here is another check's affair.
class RaceCheck : public HttpCheck {
 protected:
  // Several ask for each kind of thing at once, so that different threads answer; then some leave, and others come.
  void Talk(Server& server) {
    auto& clients = server.clients();
    auto guests = server.ConnectMany(kGuests);
    const auto all_say = [&](const std::string& request) {
      for (auto* guest : guests) guest->Say(request);
      clients.Settle();
      for (auto* guest : guests) guest->TakeAll();
    };
    for (int round = 0; round < 3; ++round) {
      for (const std::string& path : {std::string("/"), site().inner(), std::string("/hello?name=X")})
        all_say(Get(path));
      all_say(Head("/index.html"));
      all_say(Get("/" + random().Name()) + Get("/time"));
      all_say(Request("POST", "/hello", "Content-Length: 2\r\n", "a="));
      guests.front()->HalfClose();
      guests.back()->Reset();
      clients.Settle();
      guests = server.ConnectMany(kGuests);
    }
    clients.CloseAll();
    clients.Settle();
  }

 private:
  static constexpr int kGuests = 4;
};

LAB_CHECK_F(RaceCheck, Server, HasNoDataRaces, .points = 1,
            .hint =
                "What several threads use, and one of them changes, belongs under one mutex, at each place where it is "
                "used; or make it std::atomic.",
            .needs = {"Data.Greets"}, .title = "its threads, if it has any, share nothing without a lock") {
  HasNoDataRaces(HttpProtocol(), [this](Server& server) { Talk(server); });
}

}  // namespace
}  // namespace grader::checks::lab17
