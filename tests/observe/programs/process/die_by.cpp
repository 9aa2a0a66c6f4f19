// Ends by the signal that is given, sent by itself.
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int main(int, char** arguments) {
  kill(getpid(), atoi(arguments[1]));
  pause();
}
