#include "grader/os/namespaces.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/sched.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string>

#include "grader/os/files.h"

namespace grader::os {

namespace {

// Container engines answer ENOSYS to clone3, whose flags a filter cannot read.
CloneResult CloneTheOldWay() noexcept {
  CloneResult result;
  const long pid = ::syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, nullptr, &result.pidfd, nullptr, nullptr);
  if (pid < 0) result.error = errno;
  result.pid = static_cast<pid_t>(pid);
  return result;
}

}  // namespace

CloneResult Clone(std::uint64_t flags, int cgroup) noexcept {
  CloneResult result;
  clone_args args{};
  args.flags = flags | CLONE_PIDFD;
  args.pidfd = reinterpret_cast<std::uint64_t>(&result.pidfd);
  args.exit_signal = SIGCHLD;
  if (cgroup >= 0) {
    args.flags |= CLONE_INTO_CGROUP;
    args.cgroup = static_cast<std::uint64_t>(cgroup);
  }
  const long pid = ::syscall(SYS_clone3, &args, sizeof args);
  if (pid < 0 && errno == ENOSYS && flags == 0 && cgroup < 0) return CloneTheOldWay();
  if (pid < 0) result.error = errno;
  result.pid = static_cast<pid_t>(pid);
  return result;
}

Errno Unshare(int flags) noexcept { return ::unshare(flags) == 0 ? 0 : errno; }

Errno JoinNamespace(const Fd& space, int kind) noexcept { return ::setns(space.get(), kind) == 0 ? 0 : errno; }

Fd OwnMountNamespace() {
  const int fd = ::open("/proc/self/ns/mnt", O_RDONLY | O_CLOEXEC);
  if (fd < 0) ThrowErrno("open /proc/self/ns/mnt");
  return Fd(fd);
}

void MapIds(const Fd& proc, pid_t pid, const IdMap& map) {
  const std::string folder = std::to_string(pid);
  const auto write = [&](const char* file, const std::string& text) {
    ThrowIf(WriteFileAt(proc.get(), (folder + file).c_str(), text), file + 1);
  };
  // The order matters to an unprivileged caller: gid_map is refused while setgroups is allowed (user_namespaces(7)).
  write("/setgroups", "deny");
  write("/uid_map", std::to_string(map.inside) + " " + std::to_string(map.outside) + " 1\n");
  write("/gid_map", std::to_string(map.inside_group) + " " + std::to_string(map.outside_group) + " 1\n");
}

Errno BecomeUser(uid_t uid, gid_t gid) noexcept {
  // The raw calls: glibc's wrappers signal all threads of a process, which a fork of it does not have.
  if (::syscall(SYS_setresgid, gid, gid, gid) != 0) return errno;
  return ::syscall(SYS_setresuid, uid, uid, uid) == 0 ? 0 : errno;
}

void DropGroups() {
  if (::syscall(SYS_setgroups, 0, nullptr) != 0) ThrowErrno("setgroups");
}

Errno SetHostName(const char* name) noexcept { return ::sethostname(name, std::strlen(name)) == 0 ? 0 : errno; }

Errno RaiseLoopback() noexcept {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  const Errno error = ::ioctl(fd, SIOCSIFFLAGS, &request) == 0 ? 0 : errno;
  ::close(fd);
  return error;
}

}  // namespace grader::os
