// Three children, waited for by id in reverse order, the last one by another thread.
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

int main() {
  pid_t children[3];
  for (int i = 0; i < 3; ++i) {
    children[i] = fork();
    if (children[i] == 0) _exit(i + 1);
  }
  waitpid(children[2], nullptr, 0);
  waitpid(children[1], nullptr, 0);
  std::thread([&] { waitpid(children[0], nullptr, 0); }).join();
}
