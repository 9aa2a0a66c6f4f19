// Scenarios about the end of a parent: of the program, of a child with children, by whatever cause.
#pragma once

#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>

#include <cstdlib>

#include "facts.h"
#include "printing.h"

inline Process* Leak(std::function<void()> target, bool daemon) {
  auto* const p = new Process(std::move(target), {.name = {}, .daemon = daemon});
  p->start();
  return p;
}

// end HOW STATUS: children that nobody has joined, when the program ends.
inline int End(const Arguments& arguments) {
  const int status = std::stoi(arguments.at(1));
  signal(SIGTERM, SIG_IGN);
  Tell("first daemon", Leak([] { SleepForever(); }, true)->pid());
  Tell("child", Leak([] { SleepFor(40ms); }, false)->pid());
  const pid_t zombie = *Leak([] {}, false)->pid();
  WaitUntilEnded(zombie);
  Tell("zombie", zombie);
  static Process global_object([] { SleepFor(20ms); });
  global_object.start();
  Tell("child of a static object", global_object.pid());
  Process local([] { SleepFor(60ms); });
  local.start();
  Tell("child of a local object", local.pid());
  Process daemon([] { SleepForever(); }, {.name = {}, .daemon = true});
  daemon.start();
  Tell("second daemon", daemon.pid());
  if (arguments.at(0) == "exit") std::exit(status);
  return status;
}

// nested HOW: run() ends with children of its own that nobody has joined.
inline int Nested(const Arguments& arguments) {
  signal(SIGTERM, SIG_IGN);
  Process p([&] {
    Tell("inner daemon", Leak([] { SleepForever(); }, true)->pid());
    Tell("inner child", Leak([] { SleepFor(40ms); }, false)->pid());
    EndRun(arguments.at(0));
  });
  p.start();
  Tell("outer child", p.pid());
  p.join();
  Tell("exitcode()", p.exitcode());
  return 0;
}

// siblings HOW: a child ends while others, which its parent has started before it, live.
inline int Siblings(const Arguments& arguments) {
  const Gate gate;
  const Answerer answerer;
  Process daemon([&] { answerer.Serve(); }, {.name = {}, .daemon = true});
  Process sibling([&] { gate.Wait(); });
  daemon.start();
  sibling.start();
  Process p([&] { EndRun(arguments.at(0)); });
  p.start();
  p.join();
  Tell("the daemon is", answerer.Ask(*daemon.pid()));
  Tell("the sibling is", StateOf(*sibling.pid()));
  gate.Open();
  sibling.join();
  Tell("exitcode() of the sibling", sibling.exitcode());
  return 0;
}

[[noreturn]] inline void EndProgram(const std::string& how) {
  if (how == "SIGKILL") kill(getpid(), SIGKILL);
  if (how == "abort()") std::abort();
  if (how == "quick_exit(0)") std::quick_exit(0);
  _exit(0);
}

// killed HOW: three daemons, one of them a daemon's daemon, one deaf to signals.
inline int Killed(const Arguments& arguments) {
  const Gate ready;
  Process outer(
      [&] {
        Tell("a daemon's daemon", Leak([&] { ready.Open(), SleepForever(); }, true)->pid());
        ready.Open();
        SleepForever();
      },
      {.name = {}, .daemon = true});
  Process deaf(
      [&] {
        sigset_t all;
        sigfillset(&all);
        sigprocmask(SIG_SETMASK, &all, nullptr);
        ready.Open();
        SleepForever();
      },
      {.name = {}, .daemon = true});
  outer.start();
  deaf.start();
  Tell("daemon", outer.pid());
  Tell("daemon that blocks all signals", deaf.pid());
  for (int i = 0; i < 3; ++i) ready.Wait();
  EndProgram(arguments.at(0));
}

inline pid_t first_process = 0;

// The program is killed as soon as fork has made the daemon, before that has taken its first step.
inline int KilledAtBirth(const Arguments&) {
  // Who adopts the daemon is not process 1: the outer process, which ends when nobody is left.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  if (fork() != 0) {
    while (wait(nullptr) != -1 || errno == EINTR) continue;
    kill(getpid(), SIGKILL);
  }
  first_process = getpid();
  pthread_atfork(
      nullptr, [] { kill(getpid(), SIGKILL); },
      [] {
        while (getppid() == first_process) SleepFor(1ms);
      });
  Process p([] { SleepForever(); }, {.name = {}, .daemon = true});
  p.start();
  kill(getpid(), SIGKILL);
  return 0;
}

// The program is killed somewhere in start(), or at last after it.
inline int KilledInStart(const Arguments&) {
  Process p([] { SleepForever(); }, {.name = {}, .daemon = true});
  prctl(PR_SET_NAME, "parent");
  p.start();
  prctl(PR_SET_NAME, "parent.");
  kill(getpid(), SIGKILL);
  return 0;
}

inline int OpenDescriptors() {
  int open = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor) open += fcntl(descriptor, F_GETFD) == -1 ? 0 : 1;
  return open;
}

// cycles FEW MANY: descriptors must not grow with work.
inline int Cycles(const Arguments& arguments) {
  const int few = std::stoi(arguments.at(0));
  const int many = std::stoi(arguments.at(1));
  const Gate gate;
  for (int i = 1; i <= many; ++i) {
    {
      Process p(
          [&] {
            gate.Wait();
            _exit(i);
          },
          {.name = {}, .daemon = i % 2 == 1});
      p.start();
      p.is_alive();
      p.join(i % 3 == 0 ? 1ms : 0ns);
      if (i % 4 == 0) {
        p.terminate();
      } else {
        gate.Open();
      }
      if (i % 5 != 0) p.join();
    }
    if (i == few) Tell("descriptors after few", OpenDescriptors());
  }
  Tell("descriptors after many", OpenDescriptors());
  return 0;
}
