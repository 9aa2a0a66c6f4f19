// Mounts (mount(2), open_tree(2), mount_setattr(2), pivot_root(2)). All of it between fork and exec.
#pragma once

#include "grader/os/errno.h"

namespace grader::os {

// What a mount refuses, besides set-user-id programs, which all of ours refuse.
enum class Access { kReadOnly, kReadWrite };
enum class Devices { kRefuse, kAllow };

// How changes of mounts pass between this namespace and others (mount_namespaces(7)).
enum class Propagation { kPrivate, kSlave };

// Applies to every mount of the caller's namespace.
Errno SetPropagation(Propagation propagation) noexcept;

// options as of tmpfs(5): "size=1m,mode=0755".
Errno MountTmpfs(const char* at, const char* options) noexcept;
Errno MountProc(const char* at) noexcept;
Errno MountMqueue(const char* at) noexcept;

// A copy of the mounts at a path and below it, not yet attached anywhere; the caller owns it. -1 and errno on failure.
int CloneTree(const char* path) noexcept;

// Attaches what CloneTree() made; follows no symbolic link.
Errno AttachTree(int tree, const char* at) noexcept;

// Restricts the mounts at an open tree and below it. Flags are only ever set: those inherited from a more privileged
// namespace are locked, and clearing one fails.
Errno RestrictTree(int tree, Access access, Devices devices) noexcept;

// Makes the single mount at a path read-only.
Errno SealMount(const char* at) noexcept;
// Undoes SealMount() in the namespace that sealed.
Errno UnsealMount(const char* at) noexcept;

// Makes the mount at new_root the root of the caller and its namespace, and drops the old one.
Errno EnterRoot(const char* new_root) noexcept;

}  // namespace grader::os
