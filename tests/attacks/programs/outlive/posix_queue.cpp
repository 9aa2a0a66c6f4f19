// Leaves a POSIX message queue behind.
// gets: Sum.PrintsTheSum Sum.WritesTheResult
// below full: all, as there is no IPC
#include <mqueue.h>

#include "attack.h"

int main() {
  Work();
  Quietly(mq_open("/left", O_CREAT | O_RDWR, 0666, nullptr));
}
