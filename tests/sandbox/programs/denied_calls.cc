// Tries system calls a sandbox denies and prints "name errno-name" for each.
#include <fcntl.h>
#include <linux/keyctl.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace {

void Tell(const char* name, long result) {
  std::printf("%s %s\n", name, result >= 0 ? "allowed" : strerrorname_np(errno));
}

}  // namespace

int main() {
  char parameters[128] = {};
  Tell("unshare", syscall(SYS_unshare, CLONE_NEWUSER));
  Tell("setns", syscall(SYS_setns, 0, 0));
  Tell("mount", syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, nullptr));
  Tell("umount2", syscall(SYS_umount2, "/tmp", MNT_DETACH));
  Tell("open_tree", syscall(SYS_open_tree, AT_FDCWD, "/", 1));
  Tell("chroot", syscall(SYS_chroot, "/tmp"));
  Tell("ptrace", syscall(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0));
  Tell("process_vm_readv", syscall(SYS_process_vm_readv, getpid(), nullptr, 0, nullptr, 0, 0));
  Tell("io_uring_setup", syscall(SYS_io_uring_setup, 1, parameters));
  Tell("bpf", syscall(SYS_bpf, 0, parameters, sizeof parameters));
  Tell("perf_event_open", syscall(SYS_perf_event_open, parameters, 0, -1, -1, 0));
  Tell("userfaultfd", syscall(SYS_userfaultfd, 0));
  Tell("keyctl", syscall(SYS_keyctl, KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0));
  Tell("open_by_handle_at", syscall(SYS_open_by_handle_at, AT_FDCWD, parameters, 0));
  Tell("clone_newuser", syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, nullptr, nullptr, nullptr, 0));
  Tell("clone_untraced", syscall(SYS_clone, CLONE_UNTRACED | SIGCHLD, nullptr, nullptr, nullptr, 0));
  Tell("clone3", syscall(SYS_clone3, parameters, 64));
  Tell("netlink", socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
  Tell("vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  Tell("packet", socket(AF_PACKET, SOCK_RAW, 0));
  Tell("kill_init", kill(1, SIGKILL));
  Tell("trace_init", open("/proc/1/mem", O_RDWR));
  Tell("init_files", open("/proc/1/root/etc/passwd", O_RDONLY));
  Tell("limit_init", syscall(SYS_prlimit64, 1, RLIMIT_NOFILE, parameters, nullptr));
  Tell("slow_init", setpriority(PRIO_PROCESS, 1, 19));
  Tell("move_init", syscall(SYS_sched_setaffinity, 1, sizeof parameters, parameters));
  // Bits that the kernel ignores, of arguments that are ints.
  constexpr long kIgnored = 1L << 32;
  Tell("long_netlink", syscall(SYS_socket, kIgnored | AF_NETLINK, SOCK_RAW, 0));
  Tell("long_limit_init", syscall(SYS_prlimit64, kIgnored | 1, RLIMIT_NOFILE, parameters, nullptr));
  Tell("long_slow_init", syscall(SYS_setpriority, kIgnored | PRIO_PROCESS, kIgnored | 1, 19));
  Tell("long_move_init", syscall(SYS_sched_setaffinity, kIgnored | 1, sizeof parameters, parameters));
  Tell("listen_to_calls", syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, parameters));
  Tell("set_time", syscall(SYS_settimeofday, parameters, nullptr));
}
