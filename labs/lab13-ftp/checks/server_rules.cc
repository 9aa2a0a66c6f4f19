// What is asked of every server of the course, and of this one's many clients.
#include <fmt/format.h>

#include "ftp_check.h"
#include "grader/checks/python_imports.h"

namespace grader::checks::lab13 {
namespace {

LAB_CHECK_F(FtpCheck, Server, RefusesWrongArguments, .points = 1,
            .hint = "Usage errors print one line to stderr and exit 2; a folder that is not there exits 1.",
            .title = "wrong arguments are refused with the usage, a missing folder with 1") {
  RefusesWrongArguments(FtpProtocol());
  if (HasFailure()) return;
  RefusesWrongPorts(FtpProtocol());
  if (HasFailure()) return;
  const auto run = RunUntilAtRest(ServerOf({}), {"127.0.0.1", "2200", "/work/" + random().Name()});
  ASSERT_THAT(run, ExitsWith(1));
  EXPECT_THAT(run, PrintsOneErrorLine());
}

LAB_CHECK_F(FtpCheck, Server, SaysWhereItListens, .points = 1,
            .hint = "getsockname tells the real port. Flush the line: stdout is a pipe here.",
            .title = "it says where it listens, and takes port 0 and its defaults") {
  ListensOnPortZero(FtpProtocol());
  if (HasFailure()) return;
  SaysWhereItListens(FtpProtocol());
  if (HasFailure()) return;
  ListensOnItsDefaults(FtpProtocol());
}

LAB_CHECK_F(FtpCheck, Server, StartsAnewOnTheSamePort, .points = 1, .hint = "SO_REUSEADDR, before bind.",
            .title = "it can be started again on the same port at once") {
  StartsAnewOnTheSamePort(FtpProtocol());
}

LAB_CHECK_F(FtpCheck, Server, SpeaksFtpItself, .points = 1,
            .hint = "Read the commands from a socket, and write the replies, yourself.",
            .title = "no library's FTP server is used") {
  if (!Program("ftp_server").python) return;
  auto options = ServerOf({});
  options.run.environment = {kTellImports};
  if (!BeginWith(std::move(options)) || LogIn() == nullptr) return;
  const auto library = ImportedOf(Finish(server()).err.text(), {"pyftpdlib", "aioftp", "twisted"});
  if (library)
    Fail("the server speaks FTP itself", {"it imports " + *library + ", which does it for the server", {}, {}});
}

LAB_CHECK_F(FtpCheck, Server, EndsOnSigterm, .points = 2,
            .hint = "Whoever waits in a call must hear of SIGTERM: a handler without SA_RESTART, signalfd, a pipe.",
            .title = "SIGTERM ends it with status 0, idle or busy") {
  EndsWhenIdle(FtpProtocol());
  if (HasFailure()) return;
  EndsUnderTraffic(FtpProtocol());
}

LAB_CHECK_F(FtpCheck, Server, LeavesNoZombies, .points = 1, .hint = "Reap while you serve, too.",
            .title = "it leaves no zombies while it serves") {
  LeavesNoZombies(FtpProtocol());
}

LAB_CHECK_F(FtpCheck, Server, CostsNothingWhileIdle, .points = 1, .hint = "Sleep in a call until something comes.",
            .title = "waiting costs no processor time") {
  CostsNothingWhileIdle(FtpProtocol());
}

LAB_CHECK_F(FtpCheck, Server, SurvivesBadClients, .points = 1,
            .hint = "Each client of its own: an error of one ends its session only.",
            .title = "clients that vanish or stall hold up nobody") {
  SurvivesClientsThatVanish(FtpProtocol());
  if (HasFailure()) return;
  SurvivesClientsThatStall(FtpProtocol());
}

class ManyCheck : public FtpCheck {
 protected:
  struct Member {
    Client* control = nullptr;
    Client* data = nullptr;
    std::string name;
    std::string bytes;
  };

  // Each has logged in and begun an upload, and none has ended it.
  bool BeginAll(std::vector<Member>& members) {
    for (std::size_t i = 0; i < members.size(); ++i) {
      Member& member = members[i];
      member.name = fmt::format("file{}", i);
      member.bytes = RandomBytes(20'000 + i);
      member.control = LogIn();
      member.data = member.control == nullptr ? nullptr : OpenData(*member.control);
      if (member.data == nullptr || !BeginTransfer(*member.control, "STOR " + member.name)) return false;
      member.data->Say(std::string_view(member.bytes).substr(0, 9000));
    }
    return true;
  }

  bool EndAll(std::vector<Member>& members) {
    for (Member& member : members) {
      member.data->Say(std::string_view(member.bytes).substr(9000));
      member.data->HalfClose();
    }
    for (Member& member : members) {
      if (!AwaitComplete(*member.control, *member.data, "STOR " + member.name)) return false;
    }
    return true;
  }
};

LAB_CHECK_F(ManyCheck, Many, FiftyAtOnce, .points = 2,
            .hint = "A process or a thread for each client, or one event loop for all.",
            .needs = {"Retr.SendsEveryByte", "Stor.TakesEveryByte"}, .title = "50 clients transfer at the same time") {
  if (!Begin({{"shared", RandomBytes(100'000)}})) return;
  std::vector<Member> members(50);
  if (!BeginAll(members)) return;
  const auto beside = Fetch(*LogIn(), "RETR shared");
  if (!beside || !EndAll(members)) return;
  for (const Member& member : members) {
    if (!HasFile(member.name, member.bytes)) return;
  }
  for (std::size_t i = 0; i < members.size(); i += 7) {
    const auto file = Fetch(*members[i].control, "RETR " + members[49 - i].name);
    if (!file || !Same("what another client has put", members[49 - i].bytes, *file)) return;
  }
}

LAB_CHECK_F(FtpCheck, Many, AStalledDownloadHoldsUpNobody, .points = 2,
            .hint = "send sleeps when the client does not read: only that client's session may sleep there.",
            .needs = {"Retr.SendsEveryByte"}, .title = "a client that does not read its download holds up nobody") {
  const auto bytes = RandomBytes(std::size_t{12} << 20);
  if (!Begin({{"big", bytes}})) return;
  Client* const control = LogIn();
  Client* const slow =
      control == nullptr ? nullptr : OpenData(*control, lab13::Passive::kPasv, {.receive_buffer = 4096});
  if (slow == nullptr) return;
  slow->Stall();
  if (!BeginTransfer(*control, "RETR big") || !Settle(server())) return;
  for (int i = 0; i < 3; ++i) {
    Client* const other = LogIn();
    const auto file = other == nullptr ? std::nullopt : Fetch(*other, "RETR big");
    if (!file || !Same("the file", bytes, *file)) return;
  }
  slow->Resume();
  if (AwaitComplete(*control, *slow, "RETR big")) Same("the file that was read late", bytes, slow->TakeAll());
}

LAB_CHECK_F(FtpCheck, Many, AbortedDownloadsHurtNobody, .points = 2,
            .hint = "A client that is gone is SIGPIPE, or EPIPE once you ignore that: it must end the transfer only.",
            .needs = {"Retr.SendsEveryByte"},
            .title = "a download that its client breaks off ends that transfer only") {
  const auto bytes = RandomBytes(std::size_t{8} << 20);
  if (!Begin({{"big", bytes}, {"a", "text"}})) return;
  Client* const bystander = LogIn();
  if (bystander == nullptr) return;
  for (int i = 0; i < 6; ++i) {
    Client* const control = LogIn();
    Client* const data =
        control == nullptr ? nullptr : OpenData(*control, lab13::Passive::kPasv, {.receive_buffer = 4096});
    if (data == nullptr) return;
    data->Stall();
    if (!BeginTransfer(*control, "RETR big") || !Settle(server())) return;
    if (i % 3 == 2) control->Reset();
    if (i % 2 == 0) {  // a reset after an end of file is EPIPE at once, and with it SIGPIPE
      data->HalfClose();
      if (!Settle(server())) return;
      data->Reset();
    } else {
      data->Close();
    }
    if (!Settle(server()) || !Expect(*bystander, "NOOP", {200})) return;
    if (i % 3 == 2) continue;
    if (!AwaitReply(*control, "RETR big") || !Expect(*control, "NOOP", {200})) return;
    const auto file = Fetch(*control, "RETR a");
    if (!file || !Same("the next file of that session", "text", *file)) return;
  }
  const auto file = Fetch(*bystander, "RETR big");
  if (file) Same("the file", bytes, *file);
}

}  // namespace
}  // namespace grader::checks::lab13
