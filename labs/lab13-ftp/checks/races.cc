// Data races between the threads of a server, if it has any.
#include <utility>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

// What waits in vain here is another check's affair.
class RaceCheck : public FtpCheck {
 protected:
  // Threads of the same kind are alive together, and each does each kind of work.
  void Talk(Server& server) {
    Client& one = server.Connect();
    Client& two = server.Connect();
    for (Client* control : {&one, &two}) {
      for (const char* command : {"USER ftp", "PASS guest@"}) Ask(server, *control, command);
    }
    for (int round = 0; round < 2; ++round) {
      for (const char* command : {"NLST", "RETR hello", "STOR", "SIZE hello"}) Both(server, {&one, &two}, command);
    }
    one.Close();
    server.clients().Settle();
    Ask(server, two, "QUIT");
  }

 private:
  static std::optional<Reply> Hear(Server& server, Client& control) {
    server.clients().WaitUntil([&] { return HasReply(control) || control.ended(); });
    return TakeReply(control);
  }

  static std::optional<Reply> Ask(Server& server, Client& control, const std::string& command) {
    control.TakeAll();
    control.Say(command + "\r\n");
    return Hear(server, control);
  }

  // Both are under way before either ends.
  void Both(Server& server, const std::vector<Client*>& controls, const std::string& command) {
    std::vector<Client*> uploads;
    for (Client* control : controls) {
      const auto passive = Ask(server, *control, "PASV");
      const auto announced = passive ? ReadAnnounced(*passive) : std::nullopt;
      if (!announced) continue;
      Client& data = server.clients().ConnectTo({"127.0.0.1", announced->port});
      const bool upload = command == "STOR";
      Ask(server, *control, upload ? "STOR of" + std::to_string(control->number()) : command);
      if (upload) uploads.push_back(&data);
    }
    for (Client* data : uploads) data->Say("some bytes");
    server.clients().Settle();
    for (Client* data : uploads) data->HalfClose();
    server.clients().Settle();
  }
};

LAB_CHECK_F(RaceCheck, Server, HasNoDataRaces, .points = 2,
            .hint =
                "What several threads use, and one of them changes, belongs under one mutex, at each place where it is "
                "used; or make it std::atomic.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"},
            .title = "its threads, if it has any, share nothing without a lock") {
  HasNoDataRaces(FtpProtocol(), [this](Server& server) { Talk(server); });
}

}  // namespace
}  // namespace grader::checks::lab13
