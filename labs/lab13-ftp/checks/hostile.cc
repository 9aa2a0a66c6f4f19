// Clients that mean no good: thousands of malformed commands from a grammar, and what they leave.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

// Malformed commands. The same seed gives the same ones.
class Grammar {
 public:
  explicit Grammar(Random& random) : random_(random) {}

  std::string Command() {
    const std::string verb = Verb();
    switch (random_.Integer(0, 5)) {
      case 0:
        return verb + End();
      case 1:
        return verb + std::string(static_cast<std::size_t>(random_.Integer(1, 40)), ' ') + Argument() + End();
      default:
        return verb + ' ' + Argument() + End();
    }
  }

 private:
  std::string Verb() {
    static const std::vector<std::string> kVerbs = {"USER", "PASS", "TYPE", "PASV", "EPSV", "NLST", "LIST",
                                                    "SIZE", "RETR", "STOR", "NOOP", "SYST", "FEAT"};
    static const std::vector<std::string> kOthers = {"",     "PORT", "ABOR", "REST",     "SITE EXEC",   "%s%n",
                                                     "OPTS", "EPRT", "STAT", "\xff\xf4", "XXXXXXXXXXXX"};
    switch (random_.Integer(0, 6)) {
      case 0:
        return random_.Pick(kOthers);
      case 1:
        return Bytes(random_.Integer(0, 12));
      case 2: {
        std::string verb = random_.Pick(kVerbs);
        verb[static_cast<std::size_t>(random_.Integer(0, 3))] = static_cast<char>(random_.Integer(1, 255));
        std::erase(verb, '\n');
        return verb;
      }
      default:
        return random_.Pick(kVerbs);
    }
  }

  std::string Argument() {
    static const std::vector<std::string> kArguments = {"",
                                                        " ",
                                                        "/",
                                                        "//",
                                                        ".",
                                                        "..",
                                                        "a",
                                                        "*",
                                                        "?",
                                                        "~",
                                                        "-1",
                                                        "99999999999999999999",
                                                        "%s%s%s%n",
                                                        "A",
                                                        "I",
                                                        "1",
                                                        "ALL",
                                                        "anonymous",
                                                        "2147483648",
                                                        "$(reboot)",
                                                        "`id`",
                                                        ";",
                                                        "|",
                                                        "-la",
                                                        "127,0,0,1,300,300",
                                                        "|1|127.0.0.1|0|"};
    switch (random_.Integer(0, 4)) {
      case 0:
        return Bytes(random_.Integer(0, 60));
      case 1:
        return std::string(static_cast<std::size_t>(random_.Integer(200, 1100)),
                           static_cast<char>(random_.Integer(33, 255)));
      case 2:
        return std::string("../../../../").substr(static_cast<std::size_t>(random_.Integer(0, 12))) +
               random_.Pick(kArguments);
      default:
        return random_.Pick(kArguments);
    }
  }

  std::string Bytes(std::int64_t size) {
    std::string bytes;
    for (std::int64_t i = 0; i < size; ++i) bytes += static_cast<char>(random_.Integer(0, 255));
    std::erase(bytes, '\n');
    return bytes;
  }

  std::string End() { return random_.Integer(0, 4) == 0 ? "\n" : "\r\n"; }

  Random& random_;
};

class HostileCheck : public FtpCheck {
 protected:
  // A new client of which `bytes` came, and who then is gone; what it heard is read meanwhile. Whether the server lives
  // on: another client is served.
  bool Survives(const std::string& bytes, int way) {
    Client& hostile = server().Connect();
    hostile.Say(bytes);
    if (way == 0) hostile.HalfClose();
    const auto rest = server().clients().Settle();
    way == 2 ? hostile.Reset() : hostile.Close();
    if (rest == Waited::kPatience) return !Blame(bytes, "it does not come to rest");
    if (rest == Waited::kEnded) return !Blame(bytes, "it has ended");
    return true;
  }

  bool IsAlive(const std::string& bytes) {
    Client& control = server().clients().Connect();
    control.Say("NOOP\r\n");
    const auto waited =
        server().clients().WaitUntil([&] { return control.heard().find("\r\n200") != std::string::npos; });
    control.Close();
    if (waited == Waited::kMet) return true;
    return !Blame(bytes, waited == Waited::kEnded ? "it has ended" : "the next client is not served");
  }

  // Fails the check with the bytes, and the line to say them again. Always true.
  bool Blame(const std::string& bytes, const std::string& happened) {
    KeepSent(bytes, "nc -N 127.0.0.1 2121 <");
    constexpr std::size_t kTold = 300;
    const std::string said = "after one client said " + clients::Quoted(bytes, 400);
    const std::string command = bytes.size() > kTold ? "" : ShellLine(bytes);
    FailServer(server(), "no bytes that a client sends end the server or hold up others",
               {happened, command.empty() ? std::vector{said} : std::vector{said, "to see it again: " + command}, {}});
    return true;
  }

  static std::string ShellLine(const std::string& bytes) {
    std::string text;
    for (const char byte : bytes) {
      const auto code = static_cast<unsigned char>(byte);
      const bool plain = code > 31 && code < 127 && byte != '\\' && byte != '\'' && byte != '%';
      text += plain ? std::string(1, byte) : fmt::format("\\{:03o}", code);
    }
    return "printf '" + text + "' | nc -N 127.0.0.1 2121";
  }

  static constexpr int kLinesOfAClient = 40;
};

LAB_CHECK_F(HostileCheck, Hostile, MalformedCommandsDoNoHarm, .points = 3,
            .hint = "Whatever cannot be understood is answered 500 or 502. Check sizes before you index or copy.",
            .needs = {"Login.AnswersEveryCommand"}, .title = "thousands of malformed commands do no harm") {
  const std::string secret = random().Name(20);
  if (!Begin({{"a", secret}})) return;
  Grammar grammar(random());
  constexpr int kClients = 60;  // of forty commands each
  std::set<std::string> stored;
  for (int i = 0; i < kClients; ++i) {
    std::string bytes = i % 3 == 0 ? "" : "USER ftp\r\nPASS x\r\n";
    for (int line = 0; line < kLinesOfAClient; ++line) bytes += grammar.Command();
    if (i % 4 == 1) bytes += "RETR unfinished";
    if (!Survives(bytes, i % 3)) return;
    if (i % 5 == 4 && !IsAlive(bytes)) return;
  }
  if (!HasFile("a", secret) || !HasOnly({"a"}, "after commands without any upload")) return;
  Client* const control = LogIn();
  const auto file = control == nullptr ? std::nullopt : Fetch(*control, "RETR a");
  if (file) Same("the file", secret, *file);
}

LAB_CHECK_F(HostileCheck, Hostile, LongLinesDoNoHarm, .points = 1,
            .hint = "A client that never ends its line must not fill the memory: give up at some length.",
            .needs = {"Login.AnswersEveryCommand"}, .title = "lines without an end do no harm") {
  if (!Begin({{"a", "text"}})) return;
  for (const std::string& bytes :
       {std::string(70'000, 'A'), "USER " + std::string(1'000'000, 'b') + "\r\n", std::string(200'000, '\r'),
        std::string(200'000, '\0') + "\r\n", "RETR " + std::string(300'000, '/') + "\n" + std::string(5000, '\n')}) {
    Client& hostile = server().Connect();
    hostile.Say(bytes);
    if (server().clients().Settle() != Waited::kMet && Blame(bytes, "it has ended, or does not come to rest")) return;
    if (!IsAlive(bytes)) return;
    hostile.Reset();
  }
  Client* const control = LogIn();
  const auto file = control == nullptr ? std::nullopt : Fetch(*control, "RETR a");
  if (file) Same("the file", "text", *file);
}

LAB_CHECK_F(HostileCheck, Hostile, DataConnectionsThatNeverComeHoldUpNobody, .points = 2,
            .hint = "accept on the data socket sleeps until the client connects: wait for the control connection, too.",
            .needs = {"Passive.GivesTheControlConnectionsOwnAddress"},
            .title = "who announces a transfer and never connects holds up nobody, and may leave") {
  if (!Begin({{"a", "text"}})) return;
  Client* const first = LogIn();  // the clients before and after it are served all the time
  if (first == nullptr || !Settle(server())) return;
  const auto before = server().run().TakeGlimpse().descriptors();
  for (const std::string command : {"RETR a", "STOR b", "LIST", "NLST"}) {
    Client* const control = LogIn();
    if (control == nullptr || !Expect(*control, "PASV", {227})) return;
    control->Say(command + "\r\n");
    if (!Settle(server())) return;
    const auto file = Fetch(*first, "RETR a");
    if (!file || !Same("another client's file", "text", *file)) return;
    control->Reset();
    if (!Settle(server()) || !HasOnly({"a"}, "after a STOR without a data connection")) return;
  }
  const auto after = server().run().TakeGlimpse().descriptors();
  // Whoever waits with a time-out will give up some day.
  if (after <= before || !server().clients().settled_for_good()) return;
  FailServer(server(), "when a client has left, what belonged to it is gone",
             {fmt::format("{} more descriptors are open than before: sessions still wait for data connections",
                          after - before),
              {},
              {}});
}

}  // namespace
}  // namespace grader::checks::lab13
