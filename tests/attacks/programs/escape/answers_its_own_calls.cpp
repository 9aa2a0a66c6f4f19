// Lets a filter of its own hand its calls to itself, so that the grader's is not asked.
// gets: all
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

#include "attack.h"

int main() {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  sock_filter hand_over[] = {{BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
  const sock_fprog program = {1, hand_over};
  for (const long high : {0L, 1L << 32}) {
    Refused(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, high | SECCOMP_FILTER_FLAG_NEW_LISTENER, &program),
            "listener");
  }
  Work();
}
