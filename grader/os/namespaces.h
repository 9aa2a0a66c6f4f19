// Namespaces (namespaces(7)) and processes born into fresh ones (clone3(2)).
#pragma once

#include <sys/types.h>

#include <cstdint>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

struct CloneResult {
  pid_t pid = -1;  // 0 in the child
  int pidfd = -1;  // owned by the caller, close-on-exec
  Errno error = 0;
};

// Forks with CLONE_NEW* flags; `cgroup`, if not -1, is the cgroup2 directory the child is born into
// (CLONE_INTO_CGROUP). The child runs no atfork handlers: the caller has one thread only. Between fork and exec.
CloneResult Clone(std::uint64_t flags, int cgroup = -1) noexcept;

// Moves the caller into fresh namespaces (unshare(2)). Between fork and exec.
Errno Unshare(int flags) noexcept;

// Moves the caller into the namespace of a descriptor (setns(2)).
Errno JoinNamespace(const Fd& space, int kind) noexcept;

// The caller's mount namespace.
Fd OwnMountNamespace();

// Maps one user and one group of the user namespace of `pid` and forbids setgroups(2) there (user_namespaces(7)).
// `proc` is a descriptor of a /proc that shows pid. Throws std::system_error.
struct IdMap {
  uid_t inside;
  uid_t outside;
  gid_t inside_group;
  gid_t outside_group;
};
void MapIds(const Fd& proc, pid_t pid, const IdMap& map);

// Sets real, effective and saved ids. Resets PR_SET_PDEATHSIG and dumpability (prctl(2)). Between fork and exec.
Errno BecomeUser(uid_t uid, gid_t gid) noexcept;

// Drops supplementary groups. Throws std::system_error.
void DropGroups();

Errno SetHostName(const char* name) noexcept;

// Brings the loopback interface of the caller's network namespace up, with 127.0.0.1 and ::1 (netdevice(7)).
Errno RaiseLoopback() noexcept;

}  // namespace grader::os
