// Receives once more than was sent.
#include <fcntl.h>
#include <mqueue.h>

int main() {
  mq_attr attributes{};
  attributes.mq_maxmsg = 2;
  attributes.mq_msgsize = 8;
  const mqd_t queue = mq_open("/letters", O_CREAT | O_RDWR, 0600, &attributes);
  mq_send(queue, "x", 1, 0);
  char message[8];
  mq_receive(queue, message, sizeof message, nullptr);
  mq_receive(queue, message, sizeof message, nullptr);  // stuck
}
