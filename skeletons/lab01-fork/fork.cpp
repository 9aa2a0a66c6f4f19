// fork: five small programs about processes (lab 1). The handout, labs/lab01-fork/README.md, says what each must do.
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

int Usage() {
  std::fputs(
      "usage: fork twice | memory NUMBER | exitcode N | exitcode signal NAME | shape fan N | shape chain N | "
      "shape tree DEPTH | pstate PID\n",
      stderr);
  return 2;
}

int NotWrittenYet(const char* what) {
  std::fprintf(stderr, "fork: %s is not written yet\n", what);
  return 1;
}

int Twice() {
  // TODO: fork(2), getpid(2), getppid(2), waitpid(2). Think of what a buffer holds at the moment of the fork.
  return NotWrittenYet("twice");
}

int Memory([[maybe_unused]] const std::string& number) {
  // TODO: turn the text into an int (Usage() if it is none), set three variables, fork, and look at them in both
  // processes.
  return NotWrittenYet("memory");
}

int ExitCode([[maybe_unused]] const std::string& code) {
  // TODO: atexit(3), fork, waitpid(2) and its macros WIFEXITED and WEXITSTATUS. How must the child end?
  return NotWrittenYet("exitcode");
}

int ExitCodeSignal([[maybe_unused]] const std::string& name) {
  // TODO: find the signal's number (sigabbrev_np(3)), let the child die of it: kill(2), WIFSIGNALED, WTERMSIG.
  return NotWrittenYet("exitcode signal");
}

int Shape([[maybe_unused]] const std::string& kind, [[maybe_unused]] const std::string& size) {
  // TODO: build the tree. How does the first process learn that all are there, and how do all learn that they may end?
  return NotWrittenYet("shape");
}

int PState([[maybe_unused]] const std::string& pid) {
  // TODO: read /proc/PID/stat (proc(5)). Where does the name end if it holds blanks and brackets itself?
  return NotWrittenYet("pstate");
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string command = words.empty() ? "" : words[0];
  if (command == "twice" && words.size() == 1) return Twice();
  if (command == "memory" && words.size() == 2) return Memory(words[1]);
  if (command == "exitcode" && words.size() == 2) return ExitCode(words[1]);
  if (command == "exitcode" && words.size() == 3 && words[1] == "signal") return ExitCodeSignal(words[2]);
  if (command == "shape" && words.size() == 3) return Shape(words[1], words[2]);
  if (command == "pstate" && words.size() == 2) return PState(words[1]);
  return Usage();
}
