#include "grader/os/mounts.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace grader::os {
namespace {

Errno Mount(const char* type, const char* at, unsigned long flags, const char* options) noexcept {
  return ::mount(type, at, type, flags, options) == 0 ? 0 : errno;
}

Errno SetAttributes(int folder, const char* path, unsigned flags, const mount_attr& attributes) noexcept {
  return ::syscall(SYS_mount_setattr, folder, path, flags, &attributes, sizeof attributes) == 0 ? 0 : errno;
}

}  // namespace

Errno SetPropagation(Propagation propagation) noexcept {
  const unsigned long kind = propagation == Propagation::kPrivate ? MS_PRIVATE : MS_SLAVE;
  return ::mount(nullptr, "/", nullptr, MS_REC | kind, nullptr) == 0 ? 0 : errno;
}

Errno MountTmpfs(const char* at, const char* options) noexcept {
  return Mount("tmpfs", at, MS_NOSUID | MS_NODEV, options);
}

Errno MountProc(const char* at) noexcept { return Mount("proc", at, MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr); }

Errno MountMqueue(const char* at) noexcept { return Mount("mqueue", at, MS_NOSUID | MS_NODEV | MS_NOEXEC, nullptr); }

int CloneTree(const char* path) noexcept {
  // AT_RECURSIVE: an unprivileged caller may not reveal what a mount below covers, so it may not leave one out.
  return static_cast<int>(::syscall(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE));
}

Errno AttachTree(int tree, const char* at) noexcept {
  return ::syscall(SYS_move_mount, tree, "", AT_FDCWD, at, MOVE_MOUNT_F_EMPTY_PATH) == 0 ? 0 : errno;
}

Errno RestrictTree(int tree, Access access, Devices devices) noexcept {
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_NOSUID | (access == Access::kReadOnly ? MOUNT_ATTR_RDONLY : 0) |
                        (devices == Devices::kRefuse ? MOUNT_ATTR_NODEV : 0);
  return SetAttributes(tree, "", AT_EMPTY_PATH | AT_RECURSIVE, attributes);
}

Errno SealMount(const char* at) noexcept {
  mount_attr attributes{};
  attributes.attr_set = MOUNT_ATTR_RDONLY;
  return SetAttributes(AT_FDCWD, at, 0, attributes);
}

Errno UnsealMount(const char* at) noexcept {
  mount_attr attributes{};
  attributes.attr_clr = MOUNT_ATTR_RDONLY;
  return SetAttributes(AT_FDCWD, at, 0, attributes);
}

Errno EnterRoot(const char* new_root) noexcept {
  // pivot_root(2), NOTES: with "." twice the old root is stacked on the new one and needs no folder of its own.
  if (::chdir(new_root) != 0) return errno;
  if (::syscall(SYS_pivot_root, ".", ".") != 0) return errno;
  if (::umount2(".", MNT_DETACH) != 0) return errno;
  return ::chdir("/") == 0 ? 0 : errno;
}

}  // namespace grader::os
