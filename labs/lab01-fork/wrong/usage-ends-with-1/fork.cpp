// fork: five small programs about processes (lab 1).
#include <unistd.h>

#include <climits>
#include <csignal>
#include <string>
#include <vector>

#include "basics.h"
#include "exitcode.h"
#include "memory.h"
#include "pstate.h"
#include "shape.h"
#include "twice.h"

namespace {

constexpr int kMostInALine = 1000;  // of `shape fan` and `shape chain`
constexpr int kDeepest = 9;         // of `shape tree`: 1022 descendants

lab::Plan ParsePlan(const std::string& kind, const std::string& size) {
  if (kind == "fan") return lab::Fan(lab::ParseInt(size, 0, kMostInALine));
  if (kind == "chain") return lab::Chain(lab::ParseInt(size, 0, kMostInALine));
  if (kind == "tree") return lab::Tree(lab::ParseInt(size, 0, kDeepest));
  throw lab::UsageError{};
}

int Dispatch(const std::vector<std::string>& words) {
  const std::string command = words.empty() ? "" : words[0];
  if (command == "twice" && words.size() == 1) return lab::Twice();
  if (command == "memory" && words.size() == 2) return lab::Memory(lab::ParseInt(words[1], INT_MIN, INT_MAX));
  if (command == "exitcode" && words.size() == 2) return lab::ExitCode(lab::ParseInt(words[1], 0, 255));
  if (command == "exitcode" && words.size() == 3 && words[1] == "signal") return lab::ExitCodeSignal(words[2]);
  if (command == "shape" && words.size() == 3) return lab::Shape(ParsePlan(words[1], words[2]));
  if (command == "pstate" && words.size() == 2) return lab::PState(lab::ParseInt(words[1], 1, INT_MAX));
  throw lab::UsageError{};
}

}  // namespace

int main(int argc, char* argv[]) {
  std::signal(SIGCHLD, SIG_DFL);  // ignored by whoever started us, it would leave us nothing to wait for
  try {
    return lab::Guarded([&] { return Dispatch({argv + 1, argv + argc}); });
  } catch (const lab::UsageError&) {
    lab::Guarded([] {
      lab::Write(
          STDERR_FILENO,
          "usage: fork twice | memory NUMBER | exitcode N | exitcode signal NAME | shape fan N | shape chain N | "
          "shape tree DEPTH | pstate PID\n");
      return 0;
    });
    return 1;
  }
}
