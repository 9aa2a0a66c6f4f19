// Scenarios about output: what run() prints, and what the parent had printed before.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "facts.h"

inline bool SyncWithStdio(const std::string& mode) {
  if (mode == "unsynced") std::ios::sync_with_stdio(false);
  return mode == "unsynced";
}

// printed MODE A B: run() prints, and flushes nothing.
inline int Printed(const Arguments& arguments) {
  SyncWithStdio(arguments.at(0));
  Process p([&] {
    std::cout << "std::cout in run() = " << arguments.at(1) << '\n';
    std::printf("printf in run() = %s\n", arguments.at(2).c_str());
  });
  p.start();
  p.join();
  return 0;
}

inline void EndRun(const std::string& how) {
  if (how == "exit") std::exit(0);
  if (how == "_exit") _exit(0);
  if (how == "throw") throw std::runtime_error("thrown on purpose");
}

// buffered MODE HOW A B C: the parent prints into its buffers and flushes nothing; run() ends as told.
inline int Buffered(const Arguments& arguments) {
  SyncWithStdio(arguments.at(0));
  std::FILE* const file = fdopen(dup(STDOUT_FILENO), "w");
  std::cout << "std::cout before start() = " << arguments.at(2) << '\n';
  std::printf("printf before start() = %s\n", arguments.at(3).c_str());
  std::fprintf(file, "fprintf before start() = %s\n", arguments.at(4).c_str());
  Process p([&] { EndRun(arguments.at(1)); });
  p.start();
  p.join();
  std::fclose(file);
  return 0;
}

// Tells where it dies, once it is armed.
class Mortal {
 public:
  explicit Mortal(std::string what) : what_(std::move(what)) {}
  ~Mortal() {
    if (armed_) Tell(what_, getpid());
  }
  Mortal(const Mortal&) = delete;
  Mortal& operator=(const Mortal&) = delete;

  void Arm() { armed_ = true; }

 private:
  std::string what_;
  bool armed_ = false;
};
inline Mortal global("destructor of a global in");

// nothing-else HOW
inline int NothingElse(const Arguments& arguments) {
  global.Arm();
  std::atexit([] { Tell("atexit handler in", getpid()); });
  Mortal local("destructor of a local in");
  local.Arm();
  Process p([&] { EndRun(arguments.at(0)); });
  p.start();
  Tell("code after start() in", getpid());
  p.join();
  return 0;
}

// exception NAME WHAT
inline int Exception(const Arguments& arguments) {
  Process p([&] { throw std::runtime_error(arguments.at(1)); }, {.name = arguments.at(0), .daemon = false});
  p.start();
  p.join();
  Tell("exitcode()", p.exitcode());
  return 0;
}

inline int NoStdException(const Arguments& arguments) {
  Process p([] { throw 42; }, {.name = arguments.at(0), .daemon = false});
  p.start();
  p.join();
  Tell("exitcode()", p.exitcode());
  return 0;
}
