#include <sys/msg.h>

int main() {
  const int queue = msgget(IPC_PRIVATE, 0600);
  struct {
    long type;
    char text[8];
  } message;
  msgrcv(queue, &message, sizeof message.text, 1, 0);  // stuck
}
