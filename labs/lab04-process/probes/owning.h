// Scenarios about what belongs to whom: attributes, subclasses, destructors, foreign children, other processes.
#pragma once

#include <memory>

#include "facts.h"

class Sub : public Process {
 public:
  explicit Sub(ProcessOptions options = {}) : Process(std::move(options)) {}
};

// names A B
inline int Names(const Arguments& arguments) {
  const auto nothing = [] {};
  const Process first(nothing);
  const Process named(nothing, {.name = arguments.at(0), .daemon = false});
  const Process second(nothing);
  const Sub third;
  const Sub named_sub({.name = arguments.at(1), .daemon = true});
  Process fourth([&] { Tell("name() in run()", fourth.name()); });
  Tell("name() of the 1st without a name", first.name());
  Tell("name() of the 1st with a name", named.name());
  Tell("name() of the 2nd without a name", second.name());
  Tell("name() of the 3rd without a name", third.name());
  Tell("name() of the 2nd with a name", named_sub.name());
  Tell("name() of the 4th without a name", fourth.name());
  fourth.start();
  fourth.join();
  Tell("name() after join()", fourth.name());
  return 0;
}

inline int DaemonFlag(const Arguments&) {
  Process p([] {});
  Tell("daemon() by default", p.daemon());
  p.set_daemon(true);
  Tell("daemon() after set_daemon(true)", p.daemon());
  p.set_daemon(false);
  Tell("daemon() after set_daemon(false)", p.daemon());
  p.start();
  TellThrown("set_daemon(true) after start()", [&] { p.set_daemon(true); });
  p.join();
  TellThrown("set_daemon(true) after join()", [&] { p.set_daemon(true); });
  Tell("daemon() at last", p.daemon());
  const Process daemon([] {}, {.name = {}, .daemon = true});
  Tell("daemon() with {.daemon = true}", daemon.daemon());
  const Sub sub({.name = {}, .daemon = true});
  Tell("daemon() of a subclass with {.daemon = true}", sub.daemon());
  return 0;
}

class Adder : public Process {
 public:
  Adder(int left, int right, std::function<void()> target)
      : Process(std::move(target), {.name = "adder", .daemon = false}), left_(left), right_(right) {}
  ~Adder() override { Tell("destructor of the subclass in", getpid()); }

 protected:
  void run() override {
    Tell("pid() in run()", pid());
    Tell("sum", left_ + right_);
    Process::run();
  }

 private:
  int left_;
  int right_;
};

class Plain : public Process {
 protected:
  void run() override {
    Process::run();
    Tell("Process::run() without a target", "returned");
  }
};

// subclass A B
inline int Subclass(const Arguments& arguments) {
  std::unique_ptr<Process> adder =
      std::make_unique<Adder>(std::stoi(arguments.at(0)), std::stoi(arguments.at(1)), [] { Tell("target", "called"); });
  adder->start();
  Tell("pid()", adder->pid());
  adder->join();
  Tell("exitcode()", adder->exitcode());
  adder.reset();
  Plain plain;
  plain.start();
  plain.join();
  Tell("exitcode() of the one without a target", plain.exitcode());
  Sub nothing;
  nothing.start();
  nothing.join();
  Tell("exitcode() of the one with neither run() nor target", nothing.exitcode());
  return 0;
}

inline int Destructor(const Arguments&) {
  pid_t child = 0;
  {
    Process p([] { SleepFor(30ms); });
    p.start();
    child = *p.pid();
    Process never([] { Tell("run() of the one never started", "called"); });
  }
  Tell("pid()", child);
  Tell("the child after the destructor is", StateOf(child));
  return 0;
}

// A daemon that ignores SIGTERM, as its parent does, and would never end.
inline int DaemonDestructor(const Arguments& arguments) {
  signal(SIGTERM, SIG_IGN);
  pid_t child = 0;
  {
    Process p([] { SleepForever(); }, {.name = {}, .daemon = arguments.at(0) == "constructor"});
    if (!p.daemon()) p.set_daemon(true);
    p.start();
    child = *p.pid();
  }
  Tell("pid()", child);
  Tell("the daemon after the destructor is", StateOf(child));
  return 0;
}

// A child destroys its parent's objects.
inline int DestructorElsewhere(const Arguments&) {
  const Gate gate;
  const Answerer answerer;
  auto* const daemon = new Process([&] { answerer.Serve(); }, {.name = {}, .daemon = true});
  auto* const sibling = new Process([&] { gate.Wait(); });
  auto* const never = new Process([] {});
  daemon->start();
  sibling->start();
  Process p([&] {
    delete daemon;
    delete sibling;
    delete never;
    Tell("the destructors in the child", "returned");
  });
  p.start();
  p.join();
  Tell("the daemon is", answerer.Ask(*daemon->pid()));
  Tell("the sibling is", StateOf(*sibling->pid()));
  gate.Open();
  delete sibling;
  delete daemon;
  delete never;
  return 0;
}

inline void UseElsewhere(const std::string& where, Process& started, Process& never, Process* itself) {
  TellThrown("start() " + where, [&] { never.start(); });
  TellThrown("join() " + where, [&] { started.join(); });
  TellThrown("join(1ms) " + where, [&] { started.join(1ms); });
  TellThrown("join(0ns) " + where, [&] { started.join(0ns); });
  TellThrown("terminate() " + where, [&] { started.terminate(); });
  if (itself == nullptr) return;
  TellThrown("join() of itself", [&] { itself->join(); });
  TellThrown("join(0ns) of itself", [&] { itself->join(0ns); });
  TellThrown("terminate() of itself", [&] { itself->terminate(); });
}

inline int Elsewhere(const Arguments&) {
  const Gate gate;
  Process started([&] { gate.Wait(); });
  Process never([] { Tell("run() of the one never started", "called"); });
  started.start();
  Process p([&] { UseElsewhere("in another child", started, never, &p); });
  p.start();
  p.join();
  Tell("exitcode()", p.exitcode());
  const pid_t foreign = ForkForeign([&] { UseElsewhere("in a process forked by hand", started, never, nullptr); });
  waitpid(foreign, nullptr, 0);
  Tell("the other child is", StateOf(*started.pid()));
  gate.Open();
  started.join();
  Tell("its exitcode()", started.exitcode());
  return 0;
}

// foreign CODE: two children that are none of the class's business: a zombie, and one that ends after the program.
inline int Foreign(const Arguments& arguments) {
  const int code = std::stoi(arguments.at(0));
  const Gate forever, gate;
  const pid_t zombie = ForkForeign([&] { _exit(code); });
  const pid_t living = ForkForeign([&] {
    forever.CloseForOpening();
    forever.Wait();
  });
  WaitUntilEnded(zombie);
  Tell("foreign zombie", zombie);
  Tell("foreign child", living);
  {
    Process p([&] { gate.Wait(); });
    Process destroyed([] {});
    Process daemon([] { SleepForever(); }, {.name = {}, .daemon = true});
    p.start();
    destroyed.start();
    daemon.start();
    p.is_alive();
    p.exitcode();
    p.join(0ns);
    p.join(5ms);
    gate.Open();
    p.join(24h);
    p.join();
    Tell("exitcode()", p.exitcode());
    daemon.terminate();
  }
  Tell("the foreign zombie is", StateOf(zombie));
  Tell("the foreign child is", StateOf(living));
  return 0;
}
