// Quiz: of how many processes does it consist in all?
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

int main() {
  constexpr int kTasks = 5;
  pid_t workers[2];
  for (pid_t& worker : workers) {
    worker = fork();
    if (worker == 0) pause();
  }
  for (int task = 0; task < kTasks; ++task) {
    kill(workers[0], SIGKILL);
    waitpid(workers[0], nullptr, 0);
    workers[0] = fork();
    if (workers[0] == 0) pause();
  }
  for (const pid_t worker : workers) {
    kill(worker, SIGKILL);
    waitpid(worker, nullptr, 0);
  }
}
