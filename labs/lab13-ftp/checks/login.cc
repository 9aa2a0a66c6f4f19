// Logging in, and the commands that transfer nothing.
#include <fmt/format.h>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

LAB_CHECK_F(FtpCheck, Login, AnonymousAndFtpMayLogIn, .points = 3,
            .hint = "USER anonymous and USER ftp are answered 331, any PASS after that 230, other users 530.",
            .title = "anonymous and ftp may log in with any password, others may not") {
  if (!Begin({{"a", "text"}})) return;
  for (const std::string user : {"anonymous", "ftp"}) {
    Client* const control = Greet();
    if (control == nullptr || !Expect(*control, "USER " + user, {331})) return;
    if (!Expect(*control, "PASS " + random().Name() + " @!", {230})) return;
    if (!Expect(*control, "SIZE a", {213}) || !Expect(*control, "QUIT", {221})) return;
  }
  for (const auto& user : {random().Name(), std::string("root"), std::string("anonymous2")}) {
    Client* const control = Greet();
    if (control == nullptr || !Expect(*control, "USER " + user, {530})) return;
    const auto reply = Ask(*control, "PASS x");
    if (!reply) return;
    if (reply->code == 230) {
      FailServer(server(), "nobody logs in as `" + user + '`', {"PASS was answered 230", {}, {}});
      return;
    }
    if (!Expect(*control, "SIZE a", {530, 503})) return;
    if (!Expect(*control, "USER ftp", {331}) || !Expect(*control, "PASS x", {230})) return;
  }
}

LAB_CHECK_F(FtpCheck, Login, NothingElseBeforeIt, .points = 3,
            .hint = "Each session has to remember whether it has logged in: look at that before the command.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"}, .title = "before the login only six commands work") {
  if (!Begin({{"a", "text"}})) return;
  Client* const control = Greet();
  if (control == nullptr) return;
  const auto refuses_all = [&] {
    for (const char* command : {"TYPE I", "PASV", "EPSV", "NLST", "LIST", "SIZE a", "RETR a", "STOR b"}) {
      if (!Expect(*control, command, {530, 503, 532})) return false;
    }
    return true;
  };
  if (!refuses_all()) return;
  if (!Expect(*control, "NOOP", {200}) || !Expect(*control, "SYST", {215})) return;
  if (!Expect(*control, "FEAT", {211}) || !Expect(*control, "USER ftp", {331})) return;
  if (!refuses_all()) return;  // a name without its password is no login
  if (!Expect(*control, "PASS x", {230}) || !Expect(*control, "TYPE I", {200})) return;
  if (!HasOnly({"a"}, "after commands that were refused")) return;
  Client* const other = Greet();  // the login belongs to the session, not to the server
  if (other != nullptr) Expect(*other, "SIZE a", {530, 503});
}

LAB_CHECK_F(FtpCheck, Login, KnowsItsTypes, .points = 2, .hint = "TYPE A, I and L are answered 200, others 504.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"}, .title = "TYPE A, I and L are known, others refused") {
  if (!Begin()) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  if (!Expect(*control, "TYPE A", {200}) || !Expect(*control, "TYPE I", {200})) return;
  const auto local = Ask(*control, "TYPE L 8");  // RFC 959 wants a size of bytes; an L alone will do
  if (!local || (local->code != 200 && !Expect(*control, "TYPE L", {200}))) return;
  for (const char* type : {"E", "X", "Z"}) {
    if (!Expect(*control, std::string("TYPE ") + type, {504})) return;
  }
}

LAB_CHECK_F(FtpCheck, Login, AnswersEveryCommand, .points = 2,
            .hint = "TCP has no messages: collect bytes until a line is whole, and take all lines that are there.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"},
            .title = "each command is answered once, also in pieces, in a burst, and when it is unknown") {
  if (!Begin({{"a", "text"}})) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const auto& command : {"X" + random().Name(3), "K" + random().Name(3) + " a", "ZZ" + random().Name(9)}) {
    if (!Expect(*control, command, {500, 502})) return;
  }
  if (!HasFile("a", "text")) return;
  for (const char letter : std::string("SYST\r")) {
    control->Say(std::string_view(&letter, 1));
    if (!Settle(server())) return;
  }
  control->Say("\n");
  const auto system = AwaitReply(*control, "SYST");
  if (!system) return;
  if (system->code != 215) {
    FailServer(server(), "a command that comes in pieces is answered when it is whole",
               {"the reply to SYST was `" + system->text() + '`', {}, {}});
    return;
  }
  const auto burst = random().Integer(5, 40);
  std::string commands;
  for (int i = 0; i < burst; ++i) commands += i % 2 == 0 ? "NOOP\r\n" : "SIZE a\r\n";
  control->Say(commands);
  for (int i = 0; i < burst; ++i) {
    const auto reply = AwaitReply(*control, i % 2 == 0 ? "NOOP" : "SIZE a");
    if (!reply) return;
    if (reply->code == (i % 2 == 0 ? 200 : 213)) continue;
    FailServer(server(), "commands that come in a burst are answered in their order",
               {fmt::format("the reply to number {} of {} was `{}`", i + 1, burst, reply->text()), {}, {}});
    return;
  }
  if (!Settle(server()) || control->unread().empty()) return;
  FailServer(server(), "each command is answered once",
             {"there came more: " + clients::Quoted(control->unread()), {}, {}});
}

LAB_CHECK_F(FtpCheck, Login, QuitEndsTheSession, .points = 1, .hint = "221, and then close the connection.",
            .title = "QUIT is answered 221, and the connection closed") {
  if (!Begin()) return;
  Client* const early = Greet();
  if (early == nullptr || !Expect(*early, "QUIT", {221}) || !AwaitEnd(server(), *early)) return;
  Client* const control = LogIn();
  if (control == nullptr || !Expect(*control, "QUIT", {221})) return;
  AwaitEnd(server(), *control);
}

}  // namespace
}  // namespace grader::checks::lab13
