// Sends descriptors to itself, in circles, so that only a collector of garbage can close them.
// gets: all
#include <sys/socket.h>

#include "attack.h"

static bool Send(int through, int what) {
  char byte = 0;
  iovec data = {&byte, 1};
  alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
  msghdr message = {};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = room;
  message.msg_controllen = sizeof room;
  cmsghdr* head = CMSG_FIRSTHDR(&message);
  head->cmsg_level = SOL_SOCKET;
  head->cmsg_type = SCM_RIGHTS;
  head->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(head), &what, sizeof what);
  return sendmsg(through, &message, MSG_DONTWAIT) >= 0;
}

int main() {
  for (int round = 0; round < 2000; ++round) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) != 0) break;
    const bool sent = Send(pair[0], pair[1]) && Send(pair[1], pair[0]);
    close(pair[0]);
    close(pair[1]);
    if (!sent) break;
  }
  Work();
}
