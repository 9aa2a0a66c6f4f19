// Two uploads of one name at the same time.
#include <array>

#include "ftp_check.h"

namespace grader::checks::lab13 {
namespace {

class TwoUploadsCheck : public FtpCheck {
 protected:
  struct Side {
    Client* control = nullptr;
    Client* data = nullptr;
    std::string bytes;
    bool begun = false;    // 1xx has come
    bool refused = false;  // 450, 550 or 553 instead of 1xx
    bool done = false;     // 226 has come
  };

  static bool IsRefusal(int code) { return code == 450 || code == 550 || code == 553; }

  bool Prepare(Side& side, std::size_t size) {
    side.bytes = RandomBytes(size);
    side.control = LogIn();
    side.data = side.control == nullptr ? nullptr : OpenData(*side.control);
    return side.data != nullptr;
  }

  // The reply to STOR may come at once, or only when the other upload is over.
  bool BeginSecond(Side& side) {
    side.control->Say("STOR same\r\n");
    if (!Settle(server())) return false;
    const auto reply = TakeReply(*side.control);
    if (!reply) return true;
    side.begun = reply->code / 100 == 1;
    side.refused = IsRefusal(reply->code);
    if (side.begun || side.refused) return true;
    FailServer(server(), "a second upload of one name begins, or is answered 450, 550 or 553",
               {"it was `" + reply->text() + '`', {}, {}});
    return false;
  }

  bool AwaitOutcome(Side& side) {
    if (side.refused) return true;
    while (true) {
      const auto reply = AwaitReply(*side.control, "STOR same");
      if (!reply) return false;
      if (!side.begun && reply->code / 100 == 1) {
        side.begun = true;
        continue;
      }
      side.done = reply->code == 226;
      if (side.done || IsRefusal(reply->code)) return true;
      FailServer(server(), "the end of an upload is answered 226, or 450, 550 or 553 if another has won",
                 {"it was `" + reply->text() + '`', {}, {}});
      return false;
    }
  }

  // Both are under way; the one of that number ends last.
  bool Race(std::array<Side, 2>& sides, std::size_t last) {
    if (!Prepare(sides[0], 300'000) || !Prepare(sides[1], static_cast<std::size_t>(random().Integer(9'000, 500'000)))) {
      return false;
    }
    if (!BeginTransfer(*sides[0].control, "STOR same")) return false;
    sides[0].begun = true;
    for (std::size_t i = 0; i < 2; ++i) {
      if (i == 1 && !BeginSecond(sides[1])) return false;
      if (!sides[i].refused) sides[i].data->Say(std::string_view(sides[i].bytes).substr(0, 5000));
      if (!Settle(server())) return false;
    }
    for (const std::size_t i : {1 - last, last}) {
      if (sides[i].refused) continue;
      sides[i].data->Say(std::string_view(sides[i].bytes).substr(5000));
      sides[i].data->HalfClose();
      if (!Settle(server())) return false;
    }
    return AwaitOutcome(sides[0]) && AwaitOutcome(sides[1]);
  }
};

LAB_CHECK_F(TwoUploadsCheck, Upload, OfTwoOneWins, .points = 2,
            .hint = "Each upload writes to a temporary file with a name of its own.", .needs = {"Stor.TakesEveryByte"},
            .title = "of two uploads of one name one wins, whole") {
  if (!Begin({{"same", "older"}})) return;
  for (std::size_t round = 0; round < 4; ++round) {
    std::array<Side, 2> sides;
    if (!Race(sides, round % 2)) return;
    const auto now = work().Read("files/same");
    const auto won = [&](const Side& side) { return side.done && now == side.bytes; };
    if (!won(sides[0]) && !won(sides[1])) {
      FailServer(server(), "the file is one of the uploads that were answered 226, whole", {"it is neither", {}, {}});
      return;
    }
    if (!HasOnly({"same"}, "after both uploads")) return;
    for (Side& side : sides) side.control->Close();
  }
}

}  // namespace
}  // namespace grader::checks::lab13
