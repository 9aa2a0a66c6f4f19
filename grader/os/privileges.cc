#include "grader/os/privileges.h"

#include <linux/capability.h>
#include <linux/seccomp.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>

#include "grader/os/child.h"
#include "grader/os/namespaces.h"

namespace grader::os {

Errno ForbidNewPrivileges() noexcept { return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : errno; }

Errno EmptyBoundingSet() noexcept {
  // The kernel numbers its capabilities without gaps and answers EINVAL to the first it does not know.
  for (int capability = 0; ::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; ++capability) {
  }
  return errno == EINVAL ? 0 : errno;
}

Errno DropCapabilities() noexcept {
  if (::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) != 0) return errno;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2]{};
  return ::syscall(SYS_capset, &header, none) == 0 ? 0 : errno;
}

bool CanTraceChildren() {
  const CloneResult child = Clone(0);
  if (child.pid == 0) ::_exit(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0 ? 0 : 1);
  return child.pid > 0 && Reap(Fd(child.pidfd)) == 0;
}

Errno LoadFilter(std::span<const sock_filter> program) noexcept {
  sock_fprog filter{static_cast<unsigned short>(program.size()), const_cast<sock_filter*>(program.data())};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) == 0 ? 0 : errno;
}

Errno DieWithParent(int signal) noexcept { return ::prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) == 0 ? 0 : errno; }

Errno AdoptOrphans() noexcept { return ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : errno; }

Errno SetInspection(Inspection inspection) noexcept {
  return ::prctl(PR_SET_DUMPABLE, inspection == Inspection::kAllow ? 1 : 0, 0, 0, 0) == 0 ? 0 : errno;
}

Errno LimitResource(int resource, std::uint64_t value) noexcept {
  rlimit limit{};
  const auto kind = static_cast<__rlimit_resource>(resource);
  if (::getrlimit(kind, &limit) != 0) return errno;
  limit.rlim_max = std::min<rlim_t>(limit.rlim_max, value);
  limit.rlim_cur = limit.rlim_max;
  return ::setrlimit(kind, &limit) == 0 ? 0 : errno;
}

Errno FixAddresses() noexcept {
  constexpr unsigned long kAsk = 0xffffffff;
  const int persona = ::personality(kAsk);
  if (persona == -1) return errno;
  return ::personality(static_cast<unsigned long>(persona) | ADDR_NO_RANDOMIZE) == -1 ? errno : 0;
}

void NameProcess(const char* name) noexcept { ::prctl(PR_SET_NAME, name, 0, 0, 0); }

}  // namespace grader::os
