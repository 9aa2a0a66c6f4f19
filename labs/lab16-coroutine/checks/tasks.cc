// Tasks that take turns.
#include <fmt/format.h>

#include "scene.h"

namespace grader::checks::lab16 {
namespace {

LAB_CHECK_F(SceneCheck, Task, RunsInTurn, .points = 4,
            .hint = "A queue of those who are ready: from its front, to its end.",
            .needs = {"Greenlet.HandsValuesOver"},
            .title = "tasks run in the order in which they became ready, from when the caller waits") {
  const int tasks = Between(3, 6);
  const int rounds = Between(2, 5);
  Words lines{"spawned"};
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < tasks; ++i) lines.push_back(std::to_string(i));
  }
  lines.emplace_back("joined");
  Tells(fmt::format("{} tasks that sleep(0) {} times each; joinall()", tasks, rounds),
        {"order", std::to_string(tasks), std::to_string(rounds)}, lines);
  if (HasFailure()) return;
  Tells("a task that spawns another one, and sleeps; nobody keeps a handle", {"family"},
        {"father begins", "father goes on", "child", "father ends", "main"});
}

LAB_CHECK_F(SceneCheck, Task, SleepsAsLongAsAsked, .points = 3,
            .hint = "Keep those who sleep sorted by their deadlines. nanosleep() puts everybody to sleep.",
            .needs = {"Task.RunsInTurn"}, .title = "sleepers wake in the order of their deadlines, and not too early") {
  const int least = Between(3, 9);
  Words wakes;
  for (int i = 0; i < 5; ++i) wakes.push_back(std::to_string(least + 30 * i));
  auto words = wakes;
  random().Shuffle(words);
  if (words == wakes) std::swap(words.front(), words.back());
  words.insert(words.begin(), "sleepers");
  wakes.emplace_back("0 too early");
  Tells("five tasks that sleep for different times", words, wakes);
}

LAB_CHECK_F(SceneCheck, Task, GetTellsHowItEnded, .points = 4,
            .hint = "Catch what the function throws, keep it, and rethrow it in each get().",
            .needs = {"Task.RunsInTurn"}, .title = "get() waits, returns or throws, as often as called") {
  const auto word = Name();
  Tells("get() of tasks that throw, and of one that does not; of itself; spawn({}); three that wait for one",
        {"gets", word, std::to_string(Between(10, 99))},
        {"alive at first", "exception " + word, "dead afterwards", "exception " + word,
         "something that is no std::exception", "returned", "returned", "itself: logic_error",
         "itself in a list: logic_error", "returned", "empty: invalid_argument", "returned", "returned", "returned",
         "all dead"});
}

LAB_CHECK_F(SceneCheck, Task, JoinallTimesOut, .points = 3,
            .hint = "A wait that can end in two ways: whoever comes first wakes it, once.",
            .needs = {"Task.GetTellsHowItEnded"},
            .title = "joinall() says whether all are dead, and waits no longer than asked") {
  Tells("joinall() for 20 ms, 5 ms, 0 and -3 ms of a task that goes on; then it may end", {"joins"},
        {"false", "false", "false", "false", "goes on", "true", "true", "true", "exception lost"});
  if (HasFailure()) return;
  const auto word = Name();
  Tells("joinall() in vain; then the caller sleeps, receives, or ends, and the task that it waited for ends meanwhile",
        {"outlasts", word}, {"false", "sleeps", "it has ended", "hears " + word, "0 bytes changed"});
}

LAB_CHECK_F(SceneCheck, Task, IsAbandonedAtTheEnd, .points = 1,
            .hint = "When main returns nobody waits for the tasks that are left.", .needs = {"Task.RunsInTurn"},
            .title = "the program ends when main returns, whoever still sleeps") {
  Tells("main returns while a task sleeps for a day", {"abandons"}, {"main returns"});
}

LAB_CHECK_F(SceneCheck, Task, TakesLittleMemory, .points = 2, .hint = "10,000 stacks, of which little is used.",
            .needs = {"Task.RunsInTurn", "Greenlet.TakesLittleMemory"},
            .title = "10,000 tasks at once fit into 256 MiB") {
  const int count = 10'000 + Between(0, 50);
  TellsInLittleMemory(fmt::format("{} tasks that sleep at once", count), {"many", std::to_string(count)},
                      {fmt::format("0 of {}", count)});
}

LAB_CHECK_F(SceneCheck, Socket, LetsOthersRun, .points = 4,
            .hint = "If recv would block: remember who waits for which descriptor, and run the others.",
            .needs = {"Task.RunsInTurn"},
            .title = "recv() and send() let the others run while one waits; main may call them, too") {
  const auto word = Name();
  const auto answer = Name();
  TellsInAnyOrder("a task that waits for bytes which another one sends later; main waits for the answer",
                  {"talk", word, answer},
                  {"waits", "speaks", fmt::format("sent {}", word.size()), "heard " + word, "main heard " + answer});
}

LAB_CHECK_F(SceneCheck, Socket, SendsAll, .points = 3,
            .hint = "send may take less than it was given: wait until it takes more, and go on with the rest.",
            .needs = {"Socket.LetsOthersRun"}, .title = "send() returns when all is sent, in both directions at once") {
  const int size = Between(2'000'000, 3'000'000);
  Tells(fmt::format("two tasks send {} bytes each, to each other's end; two receive", size),
        {"bulk", std::to_string(size)},
        {fmt::format("sent {}", size), fmt::format("sent {}", size), fmt::format("heard {} and {}", size, size)});
}

LAB_CHECK_F(SceneCheck, Socket, TakesAnyNumberOfWaiters, .points = 2,
            .hint = "A descriptor may have more than one waiter.", .needs = {"Socket.LetsOthersRun"},
            .title = "several tasks may wait for one descriptor") {
  Tells("four tasks wait for a byte from one socket; four bytes come", {"waiters", "4"},
        {"heard y", "heard y", "heard y", "heard y", "all"});
}

LAB_CHECK_F(SceneCheck, Socket, AcceptsAndConnects, .points = 3,
            .hint = "connect without blocking: EINPROGRESS, then wait until it is writable, then SO_ERROR.",
            .needs = {"Socket.LetsOthersRun"}, .title = "accept() and connect() let the others run, too") {
  const int clients = Between(3, 9);
  Words lines;
  for (int i = 0; i < clients; ++i) lines.push_back(fmt::format("connected client {}, closed", i));
  TellsInAnyOrder(fmt::format("a task accepts {} clients, which connect from tasks of the same program", clients),
                  {"meet", std::to_string(clients)}, lines);
}

LAB_CHECK_F(SceneCheck, Socket, FailsAsTheCallsDo, .points = 2,
            .hint =
                "Hand all arguments on, and leave errno as the call has set it: who runs between the call and its "
                "return may change it.",
            .needs = {"Socket.AcceptsAndConnects"},
            .title = "results and errno are those of the calls of the same name") {
  Tells(
      "recv(-1), send(-1), the end of file, a peer that is gone, connect() to nobody, accept() of a socket that does "
      "not listen, recv() with MSG_DONTWAIT and with MSG_PEEK, a peer that leaves in the midst of 3 MB; other tasks "
      "are ready, and set errno",
      {"failures"},
      {"Bad file descriptor", "Bad file descriptor", "end of file: ", "Broken pipe", "Connection refused",
       "Invalid argument", "Resource temporarily unavailable", "looks at b", "takes b", "sent less"});
}

LAB_CHECK_F(SceneCheck, Socket, StarvesNobody, .points = 4,
            .hint =
                "A call that need not wait gives way as well; and the loop looks at timers and descriptors between the "
                "turns of those who are always ready.",
            .needs = {"Socket.LetsOthersRun"},
            .title = "a task whose calls never wait lets the others have their turns") {
  for (const std::string call : {"send", "recv", "accept", "connect"}) {
    Tells(fmt::format("a task that calls {}() on and on, and never needs to wait, until another task, a timer and a "
                      "descriptor have had their turns",
                      call),
          {"greedy", call}, {"ready, timer, descriptor"});
    if (HasFailure()) return;
  }
}

LAB_CHECK_F(SceneCheck, Socket, SleepsInTheKernel, .points = 2,
            .hint = "poll or epoll_wait with the time until the next deadline; without a deadline, with none.",
            .needs = {"Socket.LetsOthersRun"}, .title = "when nobody is ready the thread sleeps") {
  auto options = Scene("a task that sleeps for 500 ms, and one that waits for bytes", {"idle", "500"});
  options.level = TraceLevel::kBlocking;
  const auto run = Run(std::move(options));
  ASSERT_THAT(run, ExitsCleanly());
  ASSERT_THAT(run, PrintsLines({"heard x"}));
  ASSERT_THAT(run, BurnsNoCpuWhileWaiting());
  EXPECT_THAT(run, WaitsWithoutPolling());
}

}  // namespace
}  // namespace grader::checks::lab16
