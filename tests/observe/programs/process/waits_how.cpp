// Waits for a child that computes for 100 ms of processor time: "sleep", "poll" or "busy".
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <string>

int main(int, char** arguments) {
  const pid_t child = fork();
  if (child == 0) {
    timespec used{};
    do clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    while (used.tv_sec == 0 && used.tv_nsec < 100'000'000);
    _exit(0);
  }
  const std::string how = arguments[1];
  if (how == "sleep") return waitpid(child, nullptr, 0) == child ? 0 : 1;
  while (waitpid(child, nullptr, WNOHANG) == 0) {
    if (how == "poll") usleep(1000);
  }
}
