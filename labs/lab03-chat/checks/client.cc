// The client, with a server that the grader plays.
#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "chat_check.h"
#include "visit.h"

namespace grader::checks::lab03 {
namespace {

LAB_CHECK_F(ClientCheck, Client, SendsWhatIsTyped, .points = 2,
            .hint = "Each line as it is, with its newline, the name first.",
            .title = "the lines of its input go to the server as they are") {
  if (!StartClient()) return;
  const auto name = random().Name();
  std::string sent = name + "\n";
  run().Write(sent);
  if (!AwaitHeard(sent)) return;
  visit().Say("OK\n");
  for (const std::string line : {"hello", "", "  two  words ", "gr\xc3\xbc\xc3\x9f dich", "last"}) {
    run().Write(line + "\n");
    sent += line + "\n";
    if (!AwaitHeard(sent)) return;
  }
  ExpectEndAfterClose();
}

LAB_CHECK_F(ClientCheck, Client, PrintsWhileNobodyTypes, .points = 3,
            .hint = "Wait for both, input and server: poll, or a thread or process for each. Flush what you print.",
            .needs = {"Client.SendsWhatIsTyped"}, .title = "it prints what the others say although nobody types") {
  if (!StartClient()) return;
  const auto name = random().Name();
  run().Write(name + "\n");
  if (!AwaitHeard(name + "\n")) return;
  visit().Say("OK\n");
  if (!AwaitPrinted("OK")) return;
  for (int i = 0; i < 5; ++i) {
    const auto line = random().Name() + ": " + random().Name() + " \xe2\x82\xac";
    visit().Say(line + "\n");
    if (!AwaitPrinted(line)) return;
  }
  visit().Say("ann: one\nann: two\n\nann: three\n");
  if (!AwaitPrinted("ann: two") || !AwaitPrinted("ann: three")) return;
  // A line that comes in two parts, while something is typed between them, is still one line.
  visit().Say("* zoe jo");
  run().Write("typed\n");
  if (!AwaitHeard(name + "\ntyped\n")) return;
  visit().Say("ined\n");
  if (!AwaitPrinted("* zoe joined")) return;
  ExpectEndAfterClose();
}

LAB_CHECK_F(ClientCheck, Client, TakesLongLines, .points = 2,
            .hint = "64 KiB do not fit into one read, nor into one send.", .needs = {"Client.SendsWhatIsTyped"},
            .title = "lines of 64 KiB pass in both directions") {
  constexpr std::size_t kLong = std::size_t{64} * 1024;
  if (!StartClient()) return;
  const std::string name = "bob\n";
  run().Write(name);
  visit().Say("OK\n");
  if (!AwaitHeard(name)) return;
  const auto typed = std::string(kLong, 't') + "\nshort\n";
  run().Write(typed);
  if (!AwaitHeard(name + typed)) return;
  const auto line = "ann: " + std::string(kLong, 'h');
  visit().Say(line + "\nann: short\n");
  if (!AwaitPrinted(line) || !AwaitPrinted("ann: short")) return;
  ExpectEndAfterClose();
}

LAB_CHECK_F(ClientCheck, Client, HalfClosesAtTheEnd, .points = 4,
            .hint = "At the end of the input: shutdown(SHUT_WR), and go on printing. close would end both directions.",
            .needs = {"Client.SendsWhatIsTyped"}, .title = "at the end of its input it says so, and goes on printing") {
  if (!StartClient()) return;
  const std::string typed = "bob\nbye\n";
  run().Write(typed);
  visit().Say("OK\n");
  if (!AwaitHeard(typed) || !AwaitPrinted("OK")) return;
  run().CloseInput();
  if (!Await("the server hears the end of what is typed", [&](std::string_view) { return visit().heard_end(); }))
    return;
  const auto line = "ann: " + random().Name();
  visit().Say(line + "\n");
  if (!AwaitPrinted(line)) return;
  visit().Say("ann: the very last\n");
  if (!AwaitPrinted("ann: the very last")) return;
  ExpectEndAfterClose();
}

LAB_CHECK_F(ClientCheck, Client, EndsWithTheServer, .points = 2,
            .hint = "recv returns 0: the server has closed. Then end, although nothing more was typed.",
            .needs = {"Client.SendsWhatIsTyped"}, .title = "it ends with 0 when the server closes") {
  if (!StartClient()) return;
  run().Write("bob\n");
  visit().Say("OK\n");
  if (!AwaitHeard("bob\n")) return;
  ExpectEndAfterClose();
}

class RestCheck : public ClientCheck {
 protected:
  void Pass(std::chrono::milliseconds fair_time) {
    std::optional<std::chrono::microseconds> since;
    run().WaitUntil([&](const observe::Progress& now) {
      if (!since) since = now.fair_time;
      return now.fair_time - *since > fair_time;
    });
  }

  // Whether the client, to which nothing happens, is ever seen asleep. False: the check has failed.
  bool ComesToRest() {
    constexpr int kLooks = 100;
    for (int look = 0; look < kLooks; ++look) {
      if (run().LookForRest() != observe::Rest::kMoving) return true;
      Pass(30ms);
    }
    run().Stop();
    Fail(run().Finish(), "the client sleeps while nothing happens", {.happened = "it kept computing"});
    return false;
  }
};

LAB_CHECK_F(RestCheck, Client, SleepsWhileWaiting, .points = 1, .hint = "Block in poll or read: the kernel wakes you.",
            .needs = {"Client.SendsWhatIsTyped"}, .title = "it waits without processor time") {
  constexpr auto kWhile = 400ms;
  if (!StartClient(observe::TraceLevel::kBlocking)) return;
  run().Write("bob\n");
  if (!AwaitHeard("bob\n")) return;
  if (!ComesToRest()) return;
  Pass(kWhile);
  visit().Close();
  visit().Act();
  const auto observation = run().Finish();
  EXPECT_THAT(observation, checks::SleepsWhileWaiting());
}

LAB_CHECK_F(ClientCheck, Client, RefusesWrongArguments, .points = 1,
            .hint = "Usage: 2. A connection that cannot be made: which call, why, and 1.",
            .title = "wrong arguments end it with 2, a missing server with 1") {
  const auto with = [this](std::vector<std::string> args) {
    RunOptions options{.args = std::move(args), .program = "chat_client"};
    options.limits = limits();
    options.limits->wall_time = 5s;
    return Run(std::move(options));
  };
  for (const auto& args : {Lines{"127.0.0.1"}, Lines{"127.0.0.1", "8888", "x"}, Lines{"127.0.0.1", "65536"},
                           Lines{"127.0.0.1", "-1"}, Lines{"127.0.0.1", random().Name()}, Lines{"127.0.0.1", ""}}) {
    const auto run = with(args);
    ASSERT_THAT(run, ExitsWith(2));
    ASSERT_THAT(run, PrintsOneErrorLine());
  }
  const auto alone = with({"127.0.0.1", std::to_string(random().Integer(10'000, 30'000))});
  ASSERT_THAT(alone, ExitsWith(1));
}

}  // namespace
}  // namespace grader::checks::lab03
