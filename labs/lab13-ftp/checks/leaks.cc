// What a server must not keep open, of clients and of their commands.
#include <fmt/format.h>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

class LeakCheck : public FtpCheck {
 protected:
  static constexpr std::size_t kBig = std::size_t{8} << 20;  // more than all buffers of a connection hold

  bool Transfers(Client& control) {
    return Fetch(control, "RETR a") && Fetch(control, "LIST", Passive::kEpsv) && Fetch(control, "NLST") &&
           Store(control, "b", "text");
  }

  bool AsksInVain(Client& control) {
    for (const char* const command : {"RETR a", "STOR b", "LIST", "NLST"}) {
      if (!Expect(control, command, {425, 503})) return false;
    }
    for (const char* const command : {"SIZE a", "SIZE nothing", "SIZE folder", "RETR folder", "STOR folder"}) {
      if (!Ask(control, command)) return false;
    }
    return true;
  }

  bool BreaksOff(Client& control) {
    for (const char* const command : {"RETR big", "STOR c"}) {
      Client* const data = OpenData(control, Passive::kPasv, {.receive_buffer = 16 * 1024});
      if (data == nullptr) return false;
      data->Stall();
      if (!BeginTransfer(control, command)) return false;
      data->Say("half");
      if (!Settle(server())) return false;
      data->Reset();
      if (!AwaitReply(control, command)) return false;
    }
    return true;
  }

  // Within one session, whose end would hide it. The first round is for what a server keeps on purpose.
  void KeepsNothingOfCommands() {
    constexpr int kRounds = 12;
    if (!Begin({{"a", "text"}, {"big", RandomBytes(kBig)}}, [](WorkFolder& work) { work.PutFolder("files/folder"); })) {
      return;
    }
    Client* const control = LogIn();
    if (control == nullptr) return;
    std::size_t before = 0;
    for (int round = 0; round <= kRounds; ++round) {
      if (!Transfers(*control) || !AsksInVain(*control) || !BreaksOff(*control) || !Settle(server())) return;
      if (round == 0) before = server().run().TakeGlimpse().descriptors();
    }
    const auto now = server().run().TakeGlimpse().descriptors();
    if (now < before + kRounds) return;
    FailServer(server(), "no command, done, refused or broken off, leaves a descriptor open in its session",
               {.happened = fmt::format("after {} rounds of them {} are open, {} before", kRounds, now, before)});
  }
};

LAB_CHECK_F(LeakCheck, Server, KeepsNothingOfThoseWhoLeft, .points = 1,
            .hint =
                "Close every descriptor of a session when it ends, in every process that has it; and those of a "
                "transfer with the transfer, also when it is refused or broken off.",
            .title = "what belonged to clients that have left, or to commands that are done, is gone") {
  KeepsNothingOfThoseWhoLeft(FtpProtocol(), 150);
  if (!HasFailure()) KeepsNothingOfCommands();
}

}  // namespace
}  // namespace grader::checks::lab13
