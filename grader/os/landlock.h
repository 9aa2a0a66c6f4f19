// Landlock (landlock(7)): a process gives up access to files, for itself and its descendants.
#pragma once

#include <span>

#include "grader/os/errno.h"

namespace grader::os {

// The version of the kernel's interface, 0 if there is none. Asked of the system call: a kernel may have Landlock and
// not enable it.
int LandlockVersion() noexcept;

enum class Writing { kNodesOnly, kEverything };
struct WritableFolder {
  const char* path;
  Writing writing;  // kNodesOnly: files that exist may be written, nothing made, renamed or removed
};

// From now on the caller and its descendants change files only below these folders, and, where the version has scopes,
// signal and reach by abstract socket only each other. Needs no_new_privs. Reading and executing stay as they are.
// Between fork and exec.
Errno RestrictWriting(std::span<const WritableFolder> folders, int version) noexcept;

// What may be done below a path, or with one file.
enum class FileUse { kRead, kReadAndWriteNodes, kEverything };
struct UsablePath {
  const char* path;
  FileUse use;  // kRead: and execute; kReadAndWriteNodes: what exists may be written, nothing made
};

// From now on the caller and its descendants read, execute and change nothing but what lies below these paths; scopes
// as above. Paths that are not there are passed over. Needs no_new_privs. Between fork and exec.
Errno RestrictFiles(std::span<const UsablePath> paths, int version) noexcept;

}  // namespace grader::os
