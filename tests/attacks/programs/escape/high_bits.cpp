// Puts bits that the kernel ignores into arguments that a filter compares.
// gets: all
#include <linux/netlink.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "attack.h"

int main() {
  constexpr long kIgnored = 1L << 32;  // these arguments are ints
  for (const long family : {AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG}) {
    Refused(syscall(SYS_socket, kIgnored | family, SOCK_RAW, 0), "socket");
  }
  int pair[2];
  Refused(syscall(SYS_socketpair, kIgnored | AF_NETLINK, SOCK_RAW, 0, pair), "socketpair");
  const rlimit one = {1, 1};
  Refused(syscall(SYS_prlimit64, kIgnored | 1, RLIMIT_NOFILE, &one, nullptr), "prlimit of process 1");
  Refused(syscall(SYS_setpriority, kIgnored | PRIO_PROCESS, kIgnored | 1, 19), "setpriority of process 1");
  Refused(syscall(SYS_setpriority, kIgnored | PRIO_USER, 0, 19), "setpriority of all");
  unsigned long first_processor = 1;
  Refused(syscall(SYS_sched_setaffinity, kIgnored | 1, sizeof first_processor, &first_processor), "setaffinity");
  Work();
}
