// PASV and EPSV.
#include <fmt/format.h>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

LAB_CHECK_F(FtpCheck, Passive, GivesTheControlConnectionsOwnAddress, .points = 2,
            .hint = "getsockname on the control connection tells by which address the client has reached you.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"},
            .title = "PASV gives the address of the control connection; EPSV works too") {
  auto options = ServerOf({{"a", "text"}});
  options.host = "0.0.0.0";
  if (!BeginWith(std::move(options))) return;
  const std::vector<std::string> hosts = {"127.0.0.1", fmt::format("127.0.0.{}", random().Integer(2, 250)),
                                          fmt::format("127.{}.1.9", random().Integer(1, 250))};
  for (const auto& host : hosts) {
    Client* const control = LogIn(host);
    if (control == nullptr) return;
    const auto reply = Ask(*control, "PASV");
    if (!reply) return;
    const auto announced = ReadAnnounced(*reply);
    if (!announced || announced->host != host) {
      FailServer(server(), "PASV gives a client that came to " + host + " that address",
                 {"it was `" + reply->text() + '`', {}, {}});
      return;
    }
    Client& data = server().clients().ConnectTo({host, announced->port});
    if (!BeginTransfer(*control, "RETR a") || !AwaitComplete(*control, data, "RETR a")) return;
    if (!Same("the file", "text", data.TakeAll())) return;
  }
  Client* const control = LogIn();
  if (control == nullptr) return;
  const auto file = Fetch(*control, "RETR a", lab13::Passive::kEpsv);
  if (file) Same("the file", "text", *file);
}

LAB_CHECK_F(FtpCheck, Passive, ANewerOneReplacesAnOlder, .points = 1,
            .hint = "Close the older listening socket when a new PASV comes.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "a newer PASV or EPSV replaces an older one") {
  if (!Begin({{"a", "text"}})) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const auto how : {lab13::Passive::kPasv, lab13::Passive::kEpsv}) {
    if (!Expect(*control, "EPSV", {229}) || !Expect(*control, "PASV", {227})) return;
    const auto file = Fetch(*control, "RETR a", how);
    if (!file || !Same("the file", "text", *file)) return;
  }
  if (!Settle(server())) return;
  const auto before = server().run().TakeGlimpse().descriptors();
  for (int i = 0; i < 40; ++i) {
    if (!Expect(*control, i % 2 == 0 ? "PASV" : "EPSV", {i % 2 == 0 ? 227 : 229})) return;
  }
  if (!Settle(server())) return;
  const auto after = server().run().TakeGlimpse().descriptors();
  constexpr std::size_t kMostMore = 8;
  if (after <= before + kMostMore) return;
  FailServer(server(), "40 PASV and EPSV leave one listening socket",
             {fmt::format("there are {} more open descriptors than before", after - before), {}, {}});
}

LAB_CHECK_F(FtpCheck, Passive, IsNeededForATransfer, .points = 1, .hint = "425, when nothing listens for data.",
            .needs = {"Login.AnonymousAndFtpMayLogIn"}, .title = "without PASV or EPSV there is no transfer") {
  if (!Begin({{"a", "text"}})) return;
  Client* const control = LogIn();
  if (control == nullptr) return;
  for (const char* command : {"RETR a", "STOR b", "LIST", "NLST"}) {
    if (!Expect(*control, command, {425, 503})) return;
  }
  if (!HasOnly({"a"}, "after a STOR without PASV")) return;
  const auto file = Fetch(*control, "RETR a");
  if (file) Same("the file", "text", *file);
}

}  // namespace
}  // namespace grader::checks::lab13
