// Of how many processes does it consist?
#include <sys/wait.h>
#include <unistd.h>

int main() {
  for (int i = 0; i < 2; ++i) {
    if (fork() == 0) fork();
  }
  while (wait(nullptr) > 0) continue;
}
