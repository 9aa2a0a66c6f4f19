// Leaves a message queue behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as there is no IPC
#include <sys/ipc.h>
#include <sys/msg.h>

#include "attack.h"

int main() {
  Work();
  Quietly(msgget(4712, IPC_CREAT | 0666));
}
