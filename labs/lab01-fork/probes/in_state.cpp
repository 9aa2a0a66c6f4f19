// in_state R|S|D|T|Z NAME PROGRAM: brings a child called NAME into that state, runs `PROGRAM pstate <its pid>`, takes
// the child away and ends with PROGRAM's status. With the state `gone` the child has been reaped before PROGRAM runs.
// PROGRAM may be several words. A fault of this probe itself ends with 125.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace {

void Check(bool good, const char* call) {
  if (good) return;
  std::perror(call);
  _exit(125);
}

// The letter in /proc/PID/stat.
char Letter(pid_t pid) {
  const int stat = open(("/proc/" + std::to_string(pid) + "/stat").c_str(), O_RDONLY | O_CLOEXEC);
  Check(stat != -1, "open");
  char text[1024];
  const ssize_t size = read(stat, text, sizeof text);
  close(stat);
  Check(size > 0, "read");
  const std::string_view line(text, static_cast<std::size_t>(size));
  const std::size_t bracket = line.rfind(')');
  Check(bracket + 2 < line.size(), "stat");
  return line[bracket + 2];
}

[[noreturn]] void Live(char state, const char* name) {
  Check(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_NAME, name) == 0, "prctl");
  if (state == 'Z' || state == 'g') _exit(0);
  if (state == 'T') kill(getpid(), SIGSTOP);
  if (state == 'D' && vfork() == 0) {
    // Whoever has called vfork waits in state D while this process, which nobody wakes, has its memory.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) poll(nullptr, 0, -1);
  }
  while (state == 'R') continue;
  for (;;) pause();
}

// Sleeps until the child is in its state; only S and D come without an event, and are looked for.
void WaitForState(pid_t child, char state) {
  siginfo_t info;
  const auto id = static_cast<id_t>(child);
  if (state == 'g') Check(waitpid(child, nullptr, 0) == child, "waitpid");
  if (state == 'Z') Check(waitid(P_PID, id, &info, WEXITED | WNOWAIT) == 0, "waitid");
  if (state == 'T') Check(waitid(P_PID, id, &info, WSTOPPED | WNOWAIT) == 0, "waitid");
  while ((state == 'S' || state == 'D') && Letter(child) != state) poll(nullptr, 0, 1);
}

int RunPState(char** program, pid_t child) {
  std::vector<char*> words;
  for (; *program != nullptr; ++program) words.push_back(*program);
  std::string command = "pstate", pid = std::to_string(child);
  words.insert(words.end(), {command.data(), pid.data(), nullptr});
  const pid_t runner = fork();
  Check(runner != -1, "fork");
  if (runner == 0) {
    execv(words[0], words.data());
    Check(false, "execv");
  }
  int status = 0;
  Check(waitpid(runner, &status, 0) == runner, "waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc < 4) return 125;
  const char state = argv[1][0];
  const pid_t child = fork();
  Check(child != -1, "fork");
  if (child == 0) Live(state, argv[2]);
  WaitForState(child, state);
  const int status = RunPState(argv + 3, child);
  if (state != 'g') {
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
  }
  return status;
}
