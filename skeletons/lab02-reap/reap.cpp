// reap: five small programs about waiting, zombies and orphans (lab 2). The handout, labs/lab02-reap/README.md, says
// what each must do.
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

namespace {

int Usage() {
  std::fputs("usage: reap waitall N | nohang N | twolevel | ignore N | orphan\n", stderr);
  return 2;
}

int NotWrittenYet(const char* what) {
  std::fprintf(stderr, "reap: %s is not written yet\n", what);
  return 1;
}

int WaitAll([[maybe_unused]] const std::string& count) {
  // TODO: N children with the exit codes 1…N; print each as it ends. What makes the order of the ends sure?
  return NotWrittenYet("waitall");
}

int NoHang([[maybe_unused]] const std::string& count) {
  // TODO: a tick every 10 ms; between two ticks reap all that have ended, and never wait for one: waitpid(2), WNOHANG.
  return NotWrittenYet("nohang");
}

int TwoLevel() {
  // TODO: fork twice and reap the father; only then may the worker print. Who waits for the worker's end, and how?
  return NotWrittenYet("twolevel");
}

int Ignore([[maybe_unused]] const std::string& count) {
  // TODO: signal(2) with SIG_IGN. wait(2) says what it does when SIGCHLD is ignored.
  return NotWrittenYet("ignore");
}

int Orphan() {
  // TODO: a child that prints its parent before and after the adoption. What tells it that its parent has ended?
  return NotWrittenYet("orphan");
}

}  // namespace

int main(int argc, char* argv[]) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const std::string command = words.empty() ? "" : words[0];
  if (command == "waitall" && words.size() == 2) return WaitAll(words[1]);
  if (command == "nohang" && words.size() == 2) return NoHang(words[1]);
  if (command == "twolevel" && words.size() == 1) return TwoLevel();
  if (command == "ignore" && words.size() == 2) return Ignore(words[1]);
  if (command == "orphan" && words.size() == 1) return Orphan();
  return Usage();
}
