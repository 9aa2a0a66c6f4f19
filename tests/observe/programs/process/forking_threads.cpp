// Four threads fork and wait at the same time.
#include <sys/wait.h>
#include <unistd.h>

#include <thread>
#include <vector>

int main() {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([] {
      for (int k = 0; k < 10; ++k) {
        const pid_t child = fork();
        if (child == 0) _exit(0);
        waitpid(child, nullptr, 0);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}
