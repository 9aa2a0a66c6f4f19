// Scenarios about the end of a child: exit codes, is_alive(), terminate().
#pragma once

#include <cstdlib>

#include "facts.h"

inline std::function<void()> EndingBy(const std::string& how, int number) {
  return [how, number] {
    if (how == "exit") std::exit(number);
    if (how == "_exit") _exit(number);
    if (how == "signal") {
      signal(number, SIG_DFL);
      kill(getpid(), number);
      SleepForever();
    }
  };
}

// codes HOW NUMBER HOW NUMBER ...
inline int Codes(const Arguments& arguments) {
  for (std::size_t i = 0; i + 1 < arguments.size(); i += 2) {
    const std::string what = arguments[i] == "return" ? "return" : arguments[i] + "(" + arguments[i + 1] + ")";
    const Gate gate;
    const auto end = EndingBy(arguments[i], std::stoi(arguments[i + 1]));
    Process p([&] {
      gate.Wait();
      end();
    });
    p.start();
    Tell(what + ": pid()", p.pid());
    Tell(what + ": exitcode() while it runs", p.exitcode());
    gate.Open();
    p.join();
    Tell(what + ": exitcode()", p.exitcode());
  }
  return 0;
}

inline void Ask(Process& p, const std::string& question, const std::string& when) {
  if (question == "is_alive()") Tell(question + when, p.is_alive());
  if (question == "exitcode()") Tell(question + when, p.exitcode());
  if (question == "join(0ns)") Tell(question + when, p.join(0ns));
  if (question == "join(-1s)") Tell(question + when, p.join(-1s));
  if (question == "join()") p.join();
  if (question == "terminate()") p.terminate();
}

// zombie CODE QUESTION ...: the questions, in this order, are asked of a child that has ended; then all of them again.
inline int Zombie(const Arguments& arguments) {
  const Gate gate;
  Process p([&] {
    gate.Wait();
    _exit(std::stoi(arguments.at(0)));
  });
  Tell("is_alive() before start()", p.is_alive());
  p.start();
  Tell("is_alive() while it runs", p.is_alive());
  Tell("exitcode() while it runs", p.exitcode());
  gate.Open();
  WaitUntilEnded(*p.pid());
  for (std::size_t i = 1; i < arguments.size(); ++i) Ask(p, arguments[i], " of a zombie");
  p.join();
  Tell("the child after join() is", StateOf(*p.pid()));
  for (std::size_t i = 1; i < arguments.size(); ++i) Ask(p, arguments[i], " after join()");
  return 0;
}

// stopped CODE
inline int Stopped(const Arguments& arguments) {
  const int code = std::stoi(arguments.at(0));
  Process p([&] {
    raise(SIGSTOP);
    _exit(code);
  });
  p.start();
  const pid_t child = *p.pid();
  WaitUntilStopped(child);
  Tell("is_alive() of a stopped child", p.is_alive());
  Tell("exitcode() of a stopped child", p.exitcode());
  Tell("join(1ms) of a stopped child", p.join(1ms));
  const pid_t waker = ForkForeign([&] {
    SleepFor(20ms);
    kill(child, SIGCONT);
  });
  p.join();
  Tell("exitcode() after join()", p.exitcode());
  waitpid(waker, nullptr, 0);
  return 0;
}

inline int Terminate(const Arguments&) {
  Process p([] { SleepForever(); });
  p.start();
  Tell("pid()", p.pid());
  p.terminate();
  p.join();
  Tell("exitcode()", p.exitcode());
  return 0;
}

inline volatile sig_atomic_t signals_caught = 0;
inline void CatchSignal(int) { signals_caught = signals_caught + 1; }

// The child outlives SIGTERM until terminate() has returned.
inline int TerminateReturns(const Arguments& arguments) {
  const int code = std::stoi(arguments.at(0));
  const Gate ready, gate;
  Process p([&] {
    signal(SIGTERM, CatchSignal);
    ready.Open();
    gate.Wait();
    _exit(code + signals_caught);
  });
  p.start();
  ready.Wait();
  p.terminate();
  Tell("is_alive() after terminate()", p.is_alive());
  gate.Open();
  p.join();
  Tell("exitcode()", p.exitcode());
  return 0;
}

// terminate-ended CODE
inline int TerminateEnded(const Arguments& arguments) {
  const int code = std::stoi(arguments.at(0));
  Process p([&] { _exit(code); });
  p.start();
  Tell("pid()", p.pid());
  WaitUntilEnded(*p.pid());
  TellThrown("terminate() of a zombie", [&] { p.terminate(); });
  p.join();
  TellThrown("terminate() after join()", [&] { p.terminate(); });
  Tell("exitcode()", p.exitcode());
  return 0;
}
