// Scenarios about join(), with and without a time-out.
#pragma once

#include <sys/prctl.h>
#include <sys/time.h>

#include <ctime>

#include "facts.h"

// join CODE
inline int Join(const Arguments& arguments) {
  const int code = std::stoi(arguments.at(0));
  Process p([&] {
    SleepFor(20ms);
    _exit(code);
  });
  p.start();
  p.join();
  Tell("the child after join() is", StateOf(*p.pid()));
  p.join();
  p.join();
  Tell("join(1h) after join()", p.join(1h));
  Tell("exitcode()", p.exitcode());
  return 0;
}

inline int BeforeStart(const Arguments&) {
  Process p([] {});
  TellThrown("join() before start()", [&] { p.join(); });
  TellThrown("join(0ns) before start()", [&] { p.join(0ns); });
  TellThrown("join(1s) before start()", [&] { p.join(1s); });
  TellThrown("terminate() before start()", [&] { p.terminate(); });
  Tell("is_alive() before start()", p.is_alive());
  Tell("exitcode() before start()", p.exitcode());
  Tell("pid() before start()", p.pid());
  return 0;
}

// What join(timeout) says, and how many nanoseconds it took.
inline void TellTimed(Process& p, const std::string& what, std::chrono::nanoseconds timeout) {
  const auto before = std::chrono::steady_clock::now();
  const bool ended = p.join(timeout);
  const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - before;
  Tell(what, ended);
  Tell(what + " took", took.count());
}

// timed NANOSECONDS ...
inline int Timed(const Arguments& arguments) {
  const Gate gate;
  Process p([&] { gate.Wait(); });
  p.start();
  Tell("join(0ns) while it runs", p.join(0ns));
  Tell("join(-1s) while it runs", p.join(-1s));
  Tell("join(nanoseconds::min()) while it runs", p.join(std::chrono::nanoseconds::min()));
  for (const auto& argument : arguments) {
    TellTimed(p, "join(" + argument + "ns)", std::chrono::nanoseconds(std::stoll(argument)));
  }
  Process other([] { SleepFor(10ms); });
  other.start();
  TellTimed(p, "join(60ms) while another child ends", 60ms);
  gate.Open();
  Tell("join(24h) as it ends", p.join(24h));
  Tell("the child after it is", StateOf(*p.pid()));
  Tell("join(0ns) after it", p.join(0ns));
  Tell("join(-1s) after it", p.join(-1s));
  return 0;
}

// long NANOSECONDS ...: long time-outs, of children that end soon.
inline int Long(const Arguments& arguments) {
  for (const auto& argument : arguments) {
    Process p([] { SleepFor(15ms); });
    p.start();
    Tell("join(" + argument + "ns)", p.join(std::chrono::nanoseconds(std::stoll(argument))));
    Tell("after join(" + argument + "ns) the child is", StateOf(*p.pid()));
  }
  return 0;
}

// The child has a child of its own, which has inherited all descriptors and lives on.
inline int Grandchild(const Arguments&) {
  const Gate gate;
  Process p([&] { ForkForeign([&] { gate.Wait(); }); });
  p.start();
  p.join();
  Tell("join()", "returned");
  gate.Open();
  return 0;
}

// asleep untimed: three waits of 100 ms each, in join(), in the destructor, and at the program's end.
inline int AsleepUntimed(const Arguments&) {
  const auto sleeper = [](std::chrono::milliseconds time) {
    auto* const p = new Process([time] { SleepFor(time); });
    p->start();
    Tell("pid()", p->pid());
    return p;
  };
  auto* const first = sleeper(100ms);
  auto* const second = sleeper(200ms);
  sleeper(300ms);
  first->join();
  delete second;
  delete first;
  return 0;
}

inline int AsleepTimed(const Arguments&) {
  Process p([] { SleepFor(420ms); });
  p.start();
  Tell("pid()", p.pid());
  p.join(320ms);
  p.join(24h);
  return 0;
}

// met untimed | timed: the child ends while its parent, the "joiner", is about to join it.
inline int Met(const Arguments& arguments) {
  const Gate gate;
  Process p([&] {
    gate.Wait();
    prctl(PR_SET_NAME, "joiner");  // it waits here until the parent is held
  });
  p.start();
  prctl(PR_SET_NAME, "joiner");
  gate.Open();
  if (arguments.at(0) == "timed") {
    Tell("join()", p.join(1h));
  } else {
    p.join();
    Tell("join()", true);
  }
  prctl(PR_SET_NAME, "joiner.");
  Tell("the child after it is", StateOf(*p.pid()));
  return 0;
}

inline volatile sig_atomic_t deliveries = 0;
inline timer_t disturber = {};

// A handler that interrupts whatever sleeps: every 2 ms, as often as cannot be needed. A child has no timer of its own.
inline void Disturb() {
  constexpr int kEnough = 2000;
  struct sigaction action = {};
  action.sa_handler = [](int) {
    deliveries = deliveries + 1;
    const itimerspec off = {};
    if (deliveries >= kEnough) timer_settime(disturber, 0, &off, nullptr);
  };
  sigaction(SIGUSR1, &action, nullptr);
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGUSR1;
  const itimerspec interval{{0, 2'000'000}, {0, 2'000'000}};
  if (timer_create(CLOCK_MONOTONIC, &event, &disturber) == -1) _exit(97);
  timer_settime(disturber, 0, &interval, nullptr);
}

// signals CODE NANOSECONDS
inline int Signals(const Arguments& arguments) {
  const int code = std::stoi(arguments.at(0));
  struct sigaction on_child = {};
  on_child.sa_handler = [](int) {};
  sigaction(SIGCHLD, &on_child, nullptr);
  Disturb();
  Process joined([&] {
    SleepFor(50ms);
    _exit(code);
  });
  joined.start();
  joined.join();
  Tell("the child after join() is", StateOf(*joined.pid()));
  Tell("exitcode()", joined.exitcode());
  const Gate gate;
  Process waited([&] { gate.Wait(); });
  waited.start();
  const int before = deliveries;
  TellTimed(waited, "join(timeout)", std::chrono::nanoseconds(std::stoll(arguments.at(1))));
  Tell("signals during join(timeout)", deliveries - before);
  gate.Open();
  Tell("join(24h)", waited.join(24h));
  {
    Process destroyed([] { SleepFor(30ms); });
    destroyed.start();
    Tell("destroyed", destroyed.pid());
  }
  auto* const left = new Process([] { SleepFor(30ms); });
  left->start();
  Tell("left to the program's end", left->pid());
  return 0;
}

inline volatile sig_atomic_t alarms = 0;
inline std::chrono::steady_clock::time_point alarmed_at;

// one-signal NANOSECONDS: the time-out with one signal in its midst, again until it has once ended before the same time
// has passed from the signal on.
inline int OneSignal(const Arguments& arguments) {
  constexpr int kAttempts = 20;
  const std::chrono::nanoseconds timeout(std::stoll(arguments.at(0)));
  struct sigaction action = {};
  action.sa_handler = [](int) {
    alarmed_at = std::chrono::steady_clock::now();
    alarms = alarms + 1;
  };
  sigaction(SIGALRM, &action, nullptr);
  const Gate gate;
  Process p([&] { gate.Wait(); });
  p.start();
  const itimerval once{{0, 0}, {0, timeout.count() / 2000}};
  for (int attempt = 1; attempt <= kAttempts; ++attempt) {
    const auto before = std::chrono::steady_clock::now();
    setitimer(ITIMER_REAL, &once, nullptr);
    p.join(timeout);
    const auto after = std::chrono::steady_clock::now();
    while (alarms < attempt) SleepFor(1ms);
    const std::chrono::nanoseconds until_signal = alarmed_at - before;
    const std::chrono::nanoseconds since_signal = after - alarmed_at;
    Tell("until the signal", until_signal.count());
    Tell("from the signal to the end of join(timeout)", since_signal.count());
    if (until_signal < timeout && since_signal < timeout) break;
  }
  gate.Open();
  Tell("join(24h)", p.join(24h));
  return 0;
}
