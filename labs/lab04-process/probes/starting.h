// Scenarios about start(): who does what, in which process.
#pragma once

#include <sys/resource.h>

#include <cstdio>
#include <iostream>

#include "facts.h"

// start TOKEN
inline int Start(const Arguments& arguments) {
  Process p([&] {
    Tell("run() was called in", getpid());
    Tell("token", arguments.at(0));
  });
  Tell("children before start()", syscall(SYS_waitid, P_ALL, 0, nullptr, WEXITED | WNOHANG | WNOWAIT, nullptr));
  p.start();
  Tell("start() returned in", getpid());
  Tell("pid()", p.pid());
  p.join();
  Tell("pid() after join()", p.pid());
  return 0;
}

// A start() that waited for run() would never return.
inline int StartReturns(const Arguments&) {
  const Gate gate;
  Process p([&] { gate.Wait(); });
  p.start();
  Tell("start()", "returned");
  gate.Open();
  p.join();
  return 0;
}

inline int EmptyTarget(const Arguments&) {
  TellThrown("Process(std::function<void()>{})", [] { Process p(std::function<void()>{}); });
  TellThrown("Process(nullptr, {.name = \"x\"})",
             [] { Process p(std::function<void()>(nullptr), ProcessOptions{.name = "x", .daemon = false}); });
  return 0;
}

inline int StartTwice(const Arguments&) {
  const Gate gate;
  Process p([&] {
    Tell("run()", "called");
    gate.Wait();
  });
  p.start();
  TellThrown("start() while the child runs", [&] { p.start(); });
  gate.Open();
  p.join();
  TellThrown("start() after join()", [&] { p.start(); });
  return 0;
}

inline int NoProcess(const Arguments&) {
  const pid_t foreign = ForkForeign([] {});
  WaitUntilEnded(foreign);
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_NPROC, &none) == -1) return 97;
  {
    Process p([] { Tell("run()", "called"); });
    TellThrown("start()", [&] { p.start(); });
    Tell("is_alive()", p.is_alive());
    Tell("exitcode()", p.exitcode());
    Tell("pid()", p.pid());
  }
  Tell("a foreign zombie after the destructor is", StateOf(foreign));
  return 0;
}

// Its standard input is a line for the parent.
inline int StandardInput(const Arguments&) {
  Process p([] {
    char target[64] = {};
    if (readlink("/proc/self/fd/0", target, sizeof target - 1) == -1) target[0] = '-';
    Tell("standard input in run()", target);
    char byte = 0;
    Tell("read() of standard input in run()", read(STDIN_FILENO, &byte, 1));
    Tell("getchar() in run()", std::getchar());
  });
  p.start();
  p.join();
  std::string line;
  std::getline(std::cin, line);
  Tell("the parent reads", line);
  return 0;
}
