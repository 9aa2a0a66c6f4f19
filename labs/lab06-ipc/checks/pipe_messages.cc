// What Pipe carries, and which way.
#include "ipc_check.h"

namespace grader::checks::lab06 {
namespace {

class MessagesCheck : public IpcCheck {
 protected:
  // A child sends messages of these sizes, and ends.
  void Carries(const std::string& kind, const std::vector<std::size_t>& sizes, const std::string& code) {
    const auto seed = Seed();
    std::vector<std::string> args{"messages", kind, std::to_string(seed)};
    std::vector<std::string> outcomes;
    for (const auto size : sizes) {
      args.push_back(std::to_string(size));
      outcomes.push_back(Sent(seed, outcomes.size(), size));
    }
    outcomes.emplace_back("Disconnected");
    const auto run = Run(Scenario(args, code));
    ExpectAll(run,
              {{"each recv() returns the bytes of one send(), in the order of sending; then it throws Disconnected",
                "recv", outcomes}});
  }

  // Around the sizes at which a pipe or socket divides what is written.
  std::vector<std::size_t> Sizes() {
    std::vector<std::size_t> sizes{0, 1, 0, 4095, 4096, 4097, 65535, 65536, 65537, Size(200'000, 2'000'000), 8, 0};
    for (int i = 0; i < 8; ++i) sizes.push_back(Size(2, 9'000));
    random().Shuffle(sizes);
    return sizes;
  }
};

LAB_CHECK_F(MessagesCheck, Pipe, CarriesMessagesInOrder, .points = 3,
            .hint =
                "A stream has no borders: read(2) gives what is there, half a message or two. Say before each "
                "message how long it is, and read until you have that much.",
            .title = "a pipe carries each message whole, and in order, empty ones too") {
  Carries("duplex", Sizes(), "auto [here, there] = Pipe();   // a child: for (...) there.send(message);");
  if (HasFailure()) return;
  Carries("oneway", Sizes(), "auto [here, there] = Pipe(false);   // a child: for (...) there.send(message);");
}

LAB_CHECK_F(MessagesCheck, Pipe, CarriesSixteenMebibytes, .points = 3,
            .hint = "No pipe holds 16 MiB: write(2) may take a part only, and read(2) may give a part only.",
            .title = "a pipe carries a message of 16 MiB") {
  for (const auto* kind : {"duplex", "oneway"}) {
    Carries(kind, {16 * kMiB, Size(1, 100)}, "a child: there.send(Bytes(16 << 20));   // and here.recv();");
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(IpcCheck, Pipe, GoesBothWays, .points = 3,
            .hint = "What one end sends must come out at the other, not at the same.",
            .title = "a duplex pipe goes both ways at once") {
  const auto seed = Seed();
  std::vector<std::string> args{"bothways", std::to_string(seed)};
  std::vector<std::string> back;
  for (const auto size : {Size(1, 50), std::size_t{0}, Size(60'000, 90'000), Size(1 * kMiB, 2 * kMiB), Size(1, 50)}) {
    args.push_back(std::to_string(size));
    back.push_back(Sent(seed, back.size(), size));
  }
  const auto run = Run(
      Scenario(args, "auto [here, there] = Pipe();\nhere.send(a);   // a child: there.send(b), then each receives"));
  ExpectAll(run, {{"what the child sends comes out at the parent's end", "here", {Sent(seed, 1000, 11)}},
                  {"what the parent sends comes out at the child's end", "there", {Sent(seed, 1001, 12)}},
                  {"a message that the child sends back comes back as it was", "back", back}});
}

LAB_CHECK_F(IpcCheck, Pipe, OneWayGoesOneWay, .points = 2,
            .hint = "Let each end remember what it is for. The first only receives, the second only sends.",
            .title = "the ends of a one-way pipe refuse the other way") {
  const auto seed = Seed();
  const auto run = Run(Scenario({"oneway", std::to_string(seed)}, "auto [first, second] = Pipe(false);"));
  ExpectAll(run, {{"send() on the end that only receives throws std::logic_error", "send", {kLogicError}},
                  {"recv() on the end that only sends throws std::logic_error", "recv", {kLogicError}},
                  {"poll() on the end that only sends throws std::logic_error", "poll", {kLogicError}},
                  {"the second end sends to the first", "right", {Sent(seed, 0, 40)}}});
}

LAB_CHECK_F(IpcCheck, Pipe, RefusesWhatIsTooLong, .points = 2, .hint = "Look at the size before anything is written.",
            .title = "a message of more than 16 MiB is refused whole") {
  const auto seed = Seed();
  const auto run =
      Run(Scenario({"lengths", std::to_string(seed)}, "there.send(Bytes((16 << 20) + 1));\nthere.send(next);"));
  ExpectAll(run,
            {{"send() of a byte too much throws std::length_error", "toolong", {"length_error", "length_error"}},
             {"the next message arrives as if nothing had been", "next", {Sent(seed, 0, 100), Sent(seed, 0, 100)}}});
}

}  // namespace
}  // namespace grader::checks::lab06
