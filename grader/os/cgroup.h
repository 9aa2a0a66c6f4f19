// Control groups, both versions (cgroups(7)), as folders of a file system.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "grader/os/errno.h"
#include "grader/os/fd.h"

namespace grader::os {

// The folder of a process's own cgroup in the version 1 hierarchy of a controller ("memory"), or in version 2 for "".
// Empty if that hierarchy is not mounted or does not show the process's place. The texts are /proc/<pid>/cgroup and
// mountinfo.
std::optional<std::string> FindCgroup(std::string_view cgroup, std::string_view mount_info,
                                      std::string_view controller);

// The caller's own.
std::optional<std::string> OwnCgroup(std::string_view controller);

// Makes a cgroup below parent and holds it by a lock, which says that it is in use as long as the descriptor, or a copy
// of it in any process, is open. Throws std::system_error.
Fd MakeCgroup(const Fd& parent, const std::string& name);

// Removes it if nothing lives in it.
Errno RemoveCgroup(const Fd& parent, const std::string& name) noexcept;

// Removes those whose name starts with prefix and whose makers are gone.
void SweepCgroups(const Fd& parent, std::string_view prefix);

// Writes one of a cgroup's files.
Errno WriteControl(const Fd& cgroup, const char* file, std::string_view text) noexcept;

// The value of "key value" in one of its files, or, for an empty key, of the file's only number.
std::optional<std::uint64_t> ReadControl(const Fd& cgroup, const char* file, std::string_view key = {});

}  // namespace grader::os
