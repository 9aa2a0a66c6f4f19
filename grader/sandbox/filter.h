// The system call filter of a run (seccomp(2)), built with libseccomp.
#pragma once

#include <linux/filter.h>

#include <vector>

#include "grader/sandbox/policy.h"
#include "grader/sandbox/tier.h"

namespace grader::sandbox {

// A filter program that denies what no student's program needs (docs/security.md has the list with reasons), and tells
// a tracer of the calls the policy names. A call both traced and denied is denied. Throws std::system_error.
std::vector<sock_filter> BuildFilter(const Policy& policy, Tier tier);

}  // namespace grader::sandbox
