#include "grader/sandbox/filter.h"

#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::sandbox {
namespace {

// Denied with EPERM whatever the arguments.
constexpr int kDenied[] = {
    // other namespaces, mounts, roots
    SYS_unshare,
    SYS_setns,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_open_tree,
    SYS_move_mount,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_mount_setattr,
    SYS_swapon,
    SYS_swapoff,
    SYS_quotactl,
    // other processes' memory and control
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_process_madvise,
    SYS_pidfd_getfd,
    SYS_kcmp,
    // interfaces that go round this filter, or have a record of breaking the kernel
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_fanotify_init,
    SYS_lookup_dcookie,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
    SYS_personality,
    SYS_vmsplice,
    SYS_move_pages,
    SYS_migrate_pages,
    SYS_mbind,
    SYS_set_mempolicy,
    // keys are not per sandbox
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    // the machine
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_kexec_file_load,
    SYS_reboot,
    SYS_syslog,
    SYS_acct,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_adjtimex,
    SYS_clock_adjtime,
    SYS_iopl,
    SYS_ioperm,
    SYS_modify_ldt,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_vhangup,
    SYS_nfsservctl,
    SYS_uselib,
    SYS__sysctl,
};

// Flags of clone(2) that leave the sandbox's namespaces or its tracer's sight.
constexpr std::uint64_t kDeniedCloneFlags[] = {CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNS,     CLONE_NEWNET,
                                               CLONE_NEWIPC,  CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_UNTRACED};

// The socket families a program may use; all others are denied, netlink, packet and vsock among them.
constexpr int kOrdinaryFamilies[] = {AF_UNSPEC, AF_UNIX, AF_INET, AF_INET6};

// Calls by which a process changes another one, if their first argument names one. Init has the program's user, and
// would obey.
constexpr int kDeniedToInit[] = {SYS_sched_setaffinity, SYS_sched_setscheduler, SYS_sched_setparam, SYS_sched_setattr};
constexpr std::uint64_t kInit = 1;

// Of an argument that is an int the kernel looks at these bits only.
constexpr scmp_datum_t kInt = 0xffffffff;

scmp_arg_cmp IntIs(unsigned argument, std::uint64_t value) { return {argument, SCMP_CMP_MASKED_EQ, kInt, value}; }
scmp_arg_cmp MaskedIs(unsigned argument, std::uint64_t mask, std::uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}
scmp_arg_cmp IsNotZero(unsigned argument) { return {argument, SCMP_CMP_NE, 0, 0}; }

struct Release {
  void operator()(void* context) const { ::seccomp_release(context); }
};
using Context = std::unique_ptr<void, Release>;

// libseccomp returns a negated errno.
void Check(int result, const char* call) {
  if (result < 0) os::ThrowIf(-result, call);
}

bool IsOrdinary(int family) {
  return std::find(std::begin(kOrdinaryFamilies), std::end(kOrdinaryFamilies), family) != std::end(kOrdinaryFamilies);
}

// Denied besides where a sandbox stands on the machine itself: objects that others could see, and would outlive it.
constexpr int kDeniedOutside[] = {SYS_shmget, SYS_semget, SYS_msgget, SYS_mq_open, SYS_socket};

bool IsDenied(int number, Tier tier) {
  if (tier != Tier::kFull && std::ranges::count(kDeniedOutside, number) > 0) return true;
  return std::ranges::count(kDenied, number) > 0;
}

// Nor may it limit processes that are not its own, which have its user.
void AddDeniedOutside(void* context) {
  for (const int number : kDeniedOutside) {
    const int error = number == SYS_socket ? EAFNOSUPPORT : EPERM;
    Check(::seccomp_rule_add(context, SCMP_ACT_ERRNO(static_cast<std::uint16_t>(error)), number, 0),
          "seccomp_rule_add");
  }
  Check(::seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SYS_prlimit64, 2, IsNotZero(0), IsNotZero(2)),
        "seccomp_rule_add prlimit64");
}

void AddDenied(void* context, Tier tier) {
  const auto deny = SCMP_ACT_ERRNO(EPERM);
  for (const int number : kDenied) Check(::seccomp_rule_add(context, deny, number, 0), "seccomp_rule_add");
  for (const std::uint64_t flag : kDeniedCloneFlags) {
    Check(::seccomp_rule_add(context, deny, SYS_clone, 1, MaskedIs(0, flag, flag)), "seccomp_rule_add clone");
  }
  // Its flags are in memory, where a filter cannot look; libraries fall back to clone.
  Check(::seccomp_rule_add(context, SCMP_ACT_ERRNO(ENOSYS), SYS_clone3, 0), "seccomp_rule_add clone3");
  // Whoever answers its own calls can let them go on, past the tracer.
  constexpr scmp_datum_t kListener = SECCOMP_FILTER_FLAG_NEW_LISTENER;
  Check(::seccomp_rule_add(context, deny, SYS_seccomp, 1, MaskedIs(1, kListener, kListener)),
        "seccomp_rule_add seccomp");
  const auto refuse_family = SCMP_ACT_ERRNO(EAFNOSUPPORT);
  for (const int number : {SYS_socket, SYS_socketpair}) {
    if (IsDenied(number, tier)) continue;
    for (int family = 0; family < AF_MAX; ++family) {
      if (IsOrdinary(family)) continue;
      Check(::seccomp_rule_add(context, refuse_family, number, 1, IntIs(0, std::uint64_t(family))),
            "seccomp_rule_add socket");
    }
  }
}

// A program may limit and slow down itself, and its children as they start; not init.
void ProtectInit(void* context) {
  const auto deny = SCMP_ACT_ERRNO(EPERM);
  for (const int number : kDeniedToInit) {
    Check(::seccomp_rule_add(context, deny, number, 1, IntIs(0, kInit)), "seccomp_rule_add init");
  }
  Check(::seccomp_rule_add(context, deny, SYS_prlimit64, 2, IntIs(0, kInit), IsNotZero(2)),
        "seccomp_rule_add prlimit64");
  for (const int number : {SYS_setpriority, SYS_ioprio_set}) {
    // PRIO_PROCESS is 0 and IOPRIO_WHO_PROCESS 1; 2 are the user's processes (or a group, which init is not in).
    for (const std::uint64_t which : {0, 1}) {
      Check(::seccomp_rule_add(context, deny, number, 2, IntIs(0, which), IntIs(1, kInit)),
            "seccomp_rule_add priority");
    }
    for (const std::uint64_t which : {2, 3}) {
      Check(::seccomp_rule_add(context, deny, number, 1, IntIs(0, which)), "seccomp_rule_add priority");
    }
  }
}

// Of a call that is denied with some arguments only the others are traced: a rule without a condition would take the
// place of those that deny.
void AddTraced(void* context, const Policy::Traced& traced, Tier tier) {
  if (IsDenied(traced.number, tier) || traced.number == SYS_clone3) return;
  if (traced.number == SYS_socket || traced.number == SYS_socketpair) {
    for (const int family : kOrdinaryFamilies) {
      Check(::seccomp_rule_add(context, SCMP_ACT_TRACE(0), traced.number, 1, IntIs(0, std::uint64_t(family))),
            "seccomp_rule_add socket");
    }
    return;
  }
  if (traced.number == SYS_clone) {
    std::uint64_t denied = 0;
    for (const std::uint64_t flag : kDeniedCloneFlags) denied |= flag;
    Check(::seccomp_rule_add(context, SCMP_ACT_TRACE(0), SYS_clone, 1, MaskedIs(0, denied, 0)),
          "seccomp_rule_add clone");
    return;
  }
  if (traced.argument < 0) {
    Check(::seccomp_rule_add(context, SCMP_ACT_TRACE(0), traced.number, 0), "seccomp_rule_add traced");
    return;
  }
  const scmp_arg_cmp when{static_cast<unsigned>(traced.argument), SCMP_CMP_MASKED_EQ, traced.mask, traced.value};
  Check(::seccomp_rule_add_array(context, SCMP_ACT_TRACE(0), traced.number, 1, &when), "seccomp_rule_add traced");
}

std::vector<sock_filter> Export(void* context) {
  const os::Fd file(::memfd_create("filter", MFD_CLOEXEC));
  if (!file) os::ThrowErrno("memfd_create");
  Check(::seccomp_export_bpf(context, file.get()), "seccomp_export_bpf");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) os::ThrowErrno("fstat");
  std::vector<sock_filter> program(static_cast<std::size_t>(status.st_size) / sizeof(sock_filter));
  const ssize_t got = ::pread(file.get(), program.data(), program.size() * sizeof(sock_filter), 0);
  if (got != status.st_size) os::ThrowErrno("pread of the filter");
  return program;
}

}  // namespace

std::vector<sock_filter> BuildFilter(const Policy& policy, Tier tier) {
  const Context context(::seccomp_init(SCMP_ACT_ALLOW));
  if (!context) throw std::system_error(ENOMEM, std::generic_category(), "seccomp_init");
  // 32-bit and x32 calls have other numbers, so that every rule would miss them.
  Check(::seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS), "seccomp_attr_set");
  // A binary tree: what runs at every system call, and what the kernel examines at loading, is a few jumps long.
  Check(::seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2), "seccomp_attr_set");
  AddDenied(context.get(), tier);
  ProtectInit(context.get());
  if (tier != Tier::kFull) AddDeniedOutside(context.get());
  for (const Policy::Traced& traced : policy.traced) AddTraced(context.get(), traced, tier);
  return Export(context.get());
}

}  // namespace grader::sandbox
