// How many processes are there in all, the first one included?
#include <sys/wait.h>
#include <unistd.h>

int main() {
  fork();
  if (fork() == 0) fork();
  while (wait(nullptr) > 0) continue;
}
