// Runs a command on a host that is poorer than this machine. host container|ordinary COMMAND [ARGUMENT...]
//
// container: root as in a container that Docker starts by default: its capabilities, what its seccomp profile refuses,
// cgroups out of reach, process ids, mounts, network and IPC of its own.
// ordinary: user 65534 without capabilities, where no user namespace may be made; process ids and IPC of its own.
//
// Where it cannot be made, as by an ordinary user: exit status 77 and the reason. Ends with the command's status.
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/sched.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

constexpr int kCannot = 77;
constexpr uid_t kNobody = 65534;

void Require(bool done, const char* what) {
  if (done) return;
  std::printf("skipped: this machine cannot be made such a host: %s: %s\n", what, std::strerror(errno));
  std::exit(kCannot);
}

// The poorer tiers stand on it.
bool HasLandlock() {
  constexpr long kConfinesSignals = 6;
  return syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) >= kConfinesSignals;
}

void Write(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  Require(file >= 0, path);
  Require(write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()), path);
  close(file);
}

// What moby/profiles/seccomp/default.json refuses without CAP_SYS_ADMIN and the like.
constexpr int kRefused[] = {
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_unshare,
    SYS_setns,
    SYS_open_tree,
    SYS_move_mount,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_mount_setattr,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_kcmp,
    SYS_pidfd_getfd,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_kexec_file_load,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_swapon,
    SYS_swapoff,
    SYS_acct,
    SYS_reboot,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_quotactl,
    SYS_syslog,
    SYS_iopl,
    SYS_ioperm,
    SYS_lookup_dcookie,
    SYS_vhangup,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
    SYS_fanotify_init,
    SYS_process_madvise,
    SYS_move_pages,
    SYS_mbind,
    SYS_set_mempolicy,
};

constexpr int kKept[] = {
    CAP_CHOWN,  CAP_DAC_OVERRIDE, CAP_FSETID,  CAP_FOWNER,           CAP_MKNOD,      CAP_NET_RAW, CAP_SETGID,
    CAP_SETUID, CAP_SETFCAP,      CAP_SETPCAP, CAP_NET_BIND_SERVICE, CAP_SYS_CHROOT, CAP_KILL,    CAP_AUDIT_WRITE};

constexpr std::uint64_t kNamespaces =
    CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWCGROUP;

void RefuseCalls() {
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  Require(filter != nullptr, "seccomp_init");
  // Still privileged: what is run must see no difference but the refusals.
  seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0);
  for (const int call : kRefused)
    Require(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0, "seccomp rule");
  for (std::uint64_t flag = 1; flag <= kNamespaces; flag <<= 1) {
    if ((kNamespaces & flag) == 0) continue;
    Require(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SYS_clone, 1, SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)) == 0,
            "seccomp rule of clone");
  }
  Require(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SYS_clone3, 0) == 0, "seccomp rule of clone3");
  Require(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SYS_personality, 1,
                           SCMP_A0(SCMP_CMP_MASKED_EQ, 0x0040000, 0x0040000)) == 0,
          "seccomp rule of personality");
  Require(seccomp_load(filter) == 0, "seccomp_load");
  seccomp_release(filter);
}

bool IsKept(int capability) {
  for (const int kept : kKept) {
    if (kept == capability) return true;
  }
  return false;
}

// Docker's also where there are to be none in the end: what takes the way back is not in the bounding set.
void KeepDockersCapabilities() {
  std::uint64_t kept = 0;
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability) {
    if (!IsKept(capability)) {
      Require(prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0, "drop a capability");
    } else if (prctl(PR_CAPBSET_READ, capability, 0, 0, 0) == 1) {
      kept |= std::uint64_t{1} << capability;
    }
  }
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const auto low = static_cast<__u32>(kept);
  const auto high = static_cast<__u32>(kept >> 32);
  const __user_cap_data_struct data[2] = {{low, low, 0}, {high, high, 0}};
  Require(syscall(SYS_capset, &header, data) == 0, "capset");
}

void OwnMounts() {
  Require(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "make mounts private");
  Require(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr) == 0, "mount /proc");
}

void BecomeContainer() {
  OwnMounts();
  if (access("/sys/fs/cgroup", F_OK) == 0) {
    Require(mount("none", "/sys/fs/cgroup", "tmpfs", MS_RDONLY, nullptr) == 0, "cover /sys/fs/cgroup");
  }
  RefuseCalls();
  KeepDockersCapabilities();
}

// The change of user takes the capabilities along.
void BecomeOrdinary() {
  OwnMounts();
  Write("/proc/sys/user/max_user_namespaces", "0");
  Require(setgroups(0, nullptr) == 0, "setgroups");
  Require(setresgid(kNobody, kNobody, kNobody) == 0, "setresgid");
  Require(setresuid(kNobody, kNobody, kNobody) == 0, "setresuid");
}

// All ids of this machine, so that files and users are what they were.
void MapAllIds(pid_t child) {
  const std::string folder = "/proc/" + std::to_string(child);
  Write((folder + "/uid_map").c_str(), "0 0 4294967295");
  Write((folder + "/gid_map").c_str(), "0 0 4294967295");
}

// As the first process of its pid namespace it reaps whatever is left to it.
int RunAsInit(char** command) {
  const pid_t child = fork();
  Require(child >= 0, "fork");
  if (child == 0) {
    execvp(command[0], command);
    std::perror(command[0]);
    _exit(1);
  }
  for (;;) {
    int status = 0;
    const pid_t ended = wait(&status);
    if (ended == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
}

struct Host {
  int namespaces;
  void (*become)();
};

// The namespaces' owner waits outside, for whom killing the first process inside kills all.
int RunOn(const Host& host, char** command) {
  int go[2];
  Require(pipe2(go, O_CLOEXEC) == 0, "pipe");
  const long child = syscall(SYS_clone, host.namespaces | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
  Require(child >= 0, "clone");
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(go[1]);
    char byte;
    Require(read(go[0], &byte, 1) == 1, "read");
    host.become();
    std::exit(RunAsInit(command));
  }
  if ((host.namespaces & CLONE_NEWUSER) != 0) MapAllIds(static_cast<pid_t>(child));
  Require(write(go[1], "", 1) == 1, "write");
  int status = 0;
  Require(waitpid(static_cast<pid_t>(child), &status, 0) == child, "waitpid");
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return 2;
  if (geteuid() != 0) {
    std::puts("skipped: only root can make such a host");
    return kCannot;
  }
  if (!HasLandlock()) {
    std::puts("skipped: no Landlock of version 6 in this kernel");
    return kCannot;
  }
  constexpr int kBoth = CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWNET;
  const bool container = std::strcmp(arguments[1], "container") == 0;
  return RunOn(container ? Host{kBoth, BecomeContainer} : Host{kBoth | CLONE_NEWUSER, BecomeOrdinary}, arguments + 2);
}
