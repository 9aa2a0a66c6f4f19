#include "grader/observe/outcome.h"

#include <fmt/format.h>

#include <csignal>
#include <cstring>

namespace grader::observe {
namespace {

template <typename... Cases>
struct Overload : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overload(Cases...) -> Overload<Cases...>;

// What a signal that usually kills says about a program; empty if its name says it all.
const char* Meaning(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "it used memory that is not its own";
    case SIGBUS:
      return "it used memory that is not there";
    case SIGABRT:
      return "it gave up by itself: abort, a failed assert or an exception that nobody caught";
    case SIGFPE:
      return "a calculation that is impossible, such as an integer divided by zero";
    case SIGILL:
      return "it ran into something that is no code";
    case SIGPIPE:
      return "it wrote to a pipe or socket that nobody reads any more";
    case SIGALRM:
      return "its own alarm went off and it had no handler for it";
    case SIGCHLD:
      return "a child ended";
    case SIGXFSZ:
      return "it wrote a larger file than is allowed";
    case SIGXCPU:
      return "it used more processor time than is allowed";
    case SIGSYS:
      return "it made a system call that is not allowed";
    case SIGTRAP:
      return "a breakpoint";
    default:
      return "";
  }
}

std::string DescribeSignal(const Signaled& end) {
  std::string text = "was killed by " + SignalName(end.signal);
  if (const char* const meaning = Meaning(end.signal); *meaning != '\0') text += fmt::format(": {}", meaning);
  if (const auto frame = StudentFrame(end.stack)) text += fmt::format(" ({}:{})", frame->file, frame->line);
  return text;
}

std::string DescribeDeadlock(const Deadlock& deadlock) {
  const char* const who = deadlock.tasks.size() == 1 ? "it waits" : "all of it waits";
  return fmt::format("is deadlocked: {} for something that can never happen", who);
}

std::string DescribeTime(sandbox::Limit limit) {
  return limit == sandbox::Limit::kCpuTime ? "used up its processor time without coming to an end"
                                           : "did not come to an end in time";
}

}  // namespace

std::string SignalName(int signal) {
  const char* const name = sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

std::string Describe(const Outcome& outcome) {
  return std::visit(
      Overload{
          [](const Exited& end) { return fmt::format("ended with status {}", end.code); },
          [](const Signaled& end) { return DescribeSignal(end); },
          [](const Deadlocked& end) { return DescribeDeadlock(end.deadlock); },
          [](const OutOfTime& end) { return DescribeTime(end.limit); },
          [](const OutOfMemory&) { return std::string("needed more memory than is allowed"); },
          [](const TooManyProcesses&) {
            return std::string("had more processes and threads at once than are allowed");
          },
          [](const TooMuchOutput&) { return std::string("printed more than is allowed"); },
          [](const CouldNotStart& end) { return fmt::format("could not be started: {}", strerrordesc_np(end.error)); },
          [](const Stopped&) { return std::string("was stopped by the check"); },
          [](const GraderFault& end) { return fmt::format("could not be judged: {}", end.what); },
      },
      outcome);
}

}  // namespace grader::observe
