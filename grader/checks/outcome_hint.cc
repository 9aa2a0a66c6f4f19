#include "grader/checks/outcome_hint.h"

#include <csignal>

namespace grader::checks {
namespace {

struct Hint {
  std::string operator()(const observe::Signaled& end) const {
    switch (end.signal) {
      case SIGSEGV:
      case SIGBUS:
        return "Compile it with -g -fsanitize=address and run it again: that names the line and what it touched.";
      case SIGABRT:
        return "What it wrote to stderr says why it gave up; `backtrace` in gdb shows where.";
      default:
        return "signal(7) lists the signals and what sends them.";
    }
  }
  std::string operator()(const observe::Deadlocked&) const {
    return "Ask of each that waits: who should wake it, and what does that one wait for? Often somebody still holds a "
           "pipe's writing end open, or takes a lock that he holds already.";
  }
  std::string operator()(const observe::OutOfTime& end) const {
    return end.limit == sandbox::Limit::kCpuTime
               ? "Look for a loop that has no end, or that asks again and again instead of sleeping."
               : "Look for a sleep that is too long, and for something it waits for that never comes.";
  }
  std::string operator()(const observe::OutOfMemory&) const { return "Look for what grows in a loop."; }
  std::string operator()(const observe::TooManyProcesses&) const {
    return "Look for a loop in which the children create processes, too: each must leave it, or end.";
  }
  std::string operator()(const observe::TooMuchOutput&) const { return "Look for a loop that prints and has no end."; }
  std::string operator()(const observe::CouldNotStart&) const { return "Start it by hand: the shell says the same."; }
  std::string operator()(const observe::Exited&) const { return {}; }
  std::string operator()(const observe::Stopped&) const { return {}; }
  std::string operator()(const observe::GraderFault&) const { return {}; }
};

}  // namespace

std::string HintOn(const observe::Outcome& outcome) { return std::visit(Hint{}, outcome); }

}  // namespace grader::checks
