// What a process gives up for good. All of it between fork and exec.
#pragma once

#include <linux/filter.h>

#include <cstdint>
#include <span>

#include "grader/os/errno.h"

namespace grader::os {

// No exec grants anything any more (prctl(2), PR_SET_NO_NEW_PRIVS).
Errno ForbidNewPrivileges() noexcept;

// Empties the bounding set: nothing the caller or its descendants exec can gain a capability (capabilities(7)).
Errno EmptyBoundingSet() noexcept;

// Gives up the caller's own capabilities, ambient ones included.
Errno DropCapabilities() noexcept;

// Whether a child may be traced here: neither a filter nor Yama forbids it (ptrace(2)).
bool CanTraceChildren();

// Loads a seccomp filter program (seccomp(2)). Needs no_new_privs.
Errno LoadFilter(std::span<const sock_filter> program) noexcept;

// The kernel sends this signal when the caller's parent thread ends (prctl(2), PR_SET_PDEATHSIG).
Errno DieWithParent(int signal) noexcept;

// Descendants whose parents have ended become the caller's children (prctl(2), PR_SET_CHILD_SUBREAPER).
Errno AdoptOrphans() noexcept;

// Whether others of the same user may trace the caller and open its /proc files (prctl(2), PR_SET_DUMPABLE).
enum class Inspection { kForbid, kAllow };
Errno SetInspection(Inspection inspection) noexcept;

// Sets soft and hard limit to value, or to the hard limit in force if that is lower (setrlimit(2)); resource is
// RLIMIT_*.
Errno LimitResource(int resource, std::uint64_t value) noexcept;

// What the caller executes from now on lies at the same addresses in every run (personality(2), ADDR_NO_RANDOMIZE).
Errno FixAddresses() noexcept;

// What ps(1) shows; 15 bytes at most.
void NameProcess(const char* name) noexcept;

}  // namespace grader::os
