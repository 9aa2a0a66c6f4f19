// adopter PROGRAM ...: runs `PROGRAM ...` as the one who adopts its orphans, waits for all of them, and ends with
// PROGRAM's status. A fault of this probe itself ends with 125.
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

namespace {

void Check(bool good, const char* call) {
  if (good) return;
  std::perror(call);
  _exit(125);
}

}  // namespace

int main(int argc, char* argv[]) {
  if (argc < 2) return 125;
  Check(prctl(PR_SET_CHILD_SUBREAPER, 1) == 0, "prctl");
  const pid_t program = fork();
  Check(program != -1, "fork");
  if (program == 0) {
    execv(argv[1], argv + 1);
    Check(false, "execv");
  }
  int status = 0;
  int of_program = 125 << 8;
  for (pid_t pid = 0; (pid = wait(&status)) != -1;) {
    if (pid == program) of_program = status;
  }
  return WIFEXITED(of_program) ? WEXITSTATUS(of_program) : 128 + WTERMSIG(of_program);
}
